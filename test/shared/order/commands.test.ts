/** What comes over the wire is bounded, so that one command can't fill a store or overflow a sum. */
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { COMMAND_TYPES, COMMANDS } from '../../../shared/order/commands.ts'
import { TRIP_COMMANDS } from '../../../shared/trip/commands.ts'
import { form } from './mill.ts'

const takes = (schema: z.ZodMiniType, value: unknown) => z.safeParse(schema, value).success
const line = (change: object) => form({ lines: [{ no: 1, sku: 'S', name: '紙', spec: '', unit: 'roll', quantity: 1, price: 1, grams: 1, ...change }] })
const order = COMMANDS.PlaceOrder.payload

describe('the order form', () => {
  test('takes an ordinary order, and numbers as large as a mill has', () => {
    expect(takes(order, form())).toBe(true)
    expect(takes(order, line({ quantity: 1_000_000, price: 1_000_000 }))).toBe(true)
    expect(takes(order, line({ unit: 'kg', quantity: 1_000_000_000, price: 1_000_000 }))).toBe(true)
  })
  test('takes no line whose worth or weight could not be added up', () => {
    expect(takes(order, line({ quantity: 1_000_000_000, price: 1_000_000 }))).toBe(false)
    expect(takes(order, line({ quantity: 1_000_000, grams: 100_000_000 }))).toBe(false)
  })
  test('takes no line number twice, no order without lines, no negative or broken quantity', () => {
    const [first] = form().lines
    expect(takes(order, form({ lines: first ? [first, first] : [] }))).toBe(false)
    expect(takes(order, form({ lines: [] }))).toBe(false)
    for (const quantity of [0, -1, 1.5, Number.NaN, 2 ** 53, '1']) expect(takes(order, line({ quantity }))).toBe(false)
  })
  test('takes no time without an end', () => {
    expect(takes(order, form({ placedAt: `2026-11-24T01:00:00.${'0'.repeat(1000)}Z` }))).toBe(false)
    expect(takes(order, form({ placedAt: '2026-11-24T01:00:00+08:00' }))).toBe(false)
  })
})

describe('every payload', () => {
  const schemas: [string, z.ZodMiniType][] = [...COMMAND_TYPES.map((type): [string, z.ZodMiniType] => [type, COMMANDS[type].payload]), ['PlanTrip', TRIP_COMMANDS.PlanTrip.payload]]
  test.each(schemas)('%s bounds every text, list and number', (_, schema) => {
    expect(unbounded(z.toJSONSchema(schema))).toEqual([])
  })
  test('a signature has an end, stroke by stroke and altogether', () => {
    const receipt = (strokes: unknown) => ({ lines: [{ line: 1, accepted: 1, short: 0, damaged: 0, refused: 0, reason: '', photos: [] }], receiver: { name: 'x', role: '' }, ink: { aspect: 1000, strokes }, place: null, photos: [] })
    const stroke = (points: number) => Array.from({ length: points }, () => [1, 1, 1, 1])
    const schema = COMMANDS.SignReceipt.payload
    expect(takes(schema, receipt([stroke(5000), stroke(5000)]))).toBe(true)
    expect(takes(schema, receipt([stroke(5001)]))).toBe(false)
    expect(takes(schema, receipt(Array.from({ length: 5 }, () => stroke(4001))))).toBe(false)
    expect(takes(schema, receipt(Array.from({ length: 301 }, () => stroke(1))))).toBe(false)
  })
  test('packages name no more than can be looked through', () => {
    const contents = Array.from({ length: 2000 }, () => ({ line: 1, quantity: 1 }))
    const packages = (count: number) => ({ packages: Array.from({ length: count }, (_, i) => ({ no: i + 1, kind: 'pallet', grams: 0, contents })) })
    expect(takes(COMMANDS.Pack.payload, packages(5))).toBe(true)
    expect(takes(COMMANDS.Pack.payload, packages(6))).toBe(false)
  })
})

type Node = { [key: string]: unknown }
/** Paths of a JSON schema where something may be as long or large as it likes. */
function unbounded(schema: unknown, path = ''): string[] {
  if (Array.isArray(schema)) return schema.flatMap((each, i) => unbounded(each, `${path}/${i}`))
  if (typeof schema !== 'object' || schema === null) return []
  const node = schema as Node
  const open: string[] = []
  if (node.type === 'string' && !node.enum && node.const === undefined && node.maxLength === undefined && !fixed(node.pattern)) open.push(path)
  if ((node.type === 'number' || node.type === 'integer') && !(ended(node.minimum) && ended(node.maximum))) open.push(path)
  if (node.type === 'array' && node.maxItems === undefined && !node.prefixItems) open.push(path)
  return [...open, ...Object.entries(node).flatMap(([key, each]) => (key === 'enum' || key === 'required' ? [] : unbounded(each, `${path}/${key}`)))]
}
/** A schema of whole numbers names the largest safe ones by itself: that is no bound of ours. */
const ended = (bound: unknown) => typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER
/** A pattern of one length, from beginning to end. */
const fixed = (pattern: unknown) => typeof pattern === 'string' && /^\^\[[^\]]+\]\{\d+\}\$$/.test(pattern)
