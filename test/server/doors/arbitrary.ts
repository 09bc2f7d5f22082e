/** Chance for the doors: what a schema lets through, and the same gone wrong. All of it is drawn from fast-check's seed. */
import fc, { type Arbitrary } from 'fast-check'
import * as z from 'zod/mini'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
/** The part of JSON Schema that our shapes use. */
type Schema = {
  type?: string | string[]
  anyOf?: Schema[]
  enum?: Json[]
  const?: Json
  properties?: { [key: string]: Schema }
  required?: string[]
  additionalProperties?: Schema | boolean
  propertyNames?: Schema
  items?: Schema | boolean
  prefixItems?: Schema[]
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  format?: string
  minimum?: number
  maximum?: number
}

/** Values that a schema lets through, its bounds more often than what lies between. */
export const shaped = (schema: z.core.$ZodType): Arbitrary<Json> => of(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema)

const MOST_ITEMS = 3
function of(schema: Schema): Arbitrary<Json> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(of))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => of({ ...schema, type })))
  switch (schema.type) {
    case 'object':
      return objects(schema)
    case 'array':
      return arrays(schema)
    case 'string':
      return strings(schema)
    case 'integer':
      return numbers(schema, (given) => fc.integer(given))
    case 'number':
      return numbers(schema, (given) => fc.double({ ...given, noNaN: true, noDefaultInfinity: true }))
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return fc.jsonValue({ maxDepth: 2 }) as Arbitrary<Json>
  }
}

function objects({ properties = {}, required = [], additionalProperties, propertyNames }: Schema): Arbitrary<Json> {
  if (typeof additionalProperties === 'object') return fc.dictionary(propertyNames ? (of(propertyNames) as Arbitrary<string>) : fc.string(), of(additionalProperties), { maxKeys: MOST_ITEMS })
  const model = Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, of(schema)]))
  return fc.record(model, { requiredKeys: required.filter((key) => key in model) }) as Arbitrary<Json>
}

function arrays({ items, prefixItems, minItems = 0, maxItems = MOST_ITEMS }: Schema): Arbitrary<Json> {
  if (prefixItems) return fc.tuple(...prefixItems.map(of))
  return fc.array(typeof items === 'object' ? of(items) : (fc.jsonValue() as Arbitrary<Json>), { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, MOST_ITEMS)) })
}

const DAY = 86_400_000
function strings({ pattern, format, minLength = 0, maxLength = 200 }: Schema): Arbitrary<string> {
  if (format === 'date-time') return fc.oneof(fc.date({ min: new Date(0), max: new Date(40_000 * DAY), noInvalidDate: true }).map((each) => each.toISOString()), fc.constantFrom('0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999999999Z'))
  if (pattern) return fc.stringMatching(new RegExp(pattern), { size: 'medium' })
  const given = { minLength, maxLength: Math.min(maxLength, 200) }
  const long = fc.constantFrom('a', '回', '\u0000', '\ud800', '"', '%').map((sign) => sign.repeat(maxLength))
  return fc.oneof({ weight: 4, arbitrary: fc.string(given) }, { weight: 2, arbitrary: fc.string({ ...given, unit: 'binary' }) }, { weight: 1, arbitrary: fc.constantFrom(...ODD_TEXTS).filter((each) => each.length >= minLength && each.length <= maxLength) }, { weight: 1, arbitrary: long })
}

type Bounds = { min: number; max: number }
function numbers({ minimum = -Number.MAX_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER }: Schema, between: (given: Bounds) => Arbitrary<number>): Arbitrary<number> {
  return fc.oneof({ weight: 3, arbitrary: fc.integer({ min: Math.max(minimum, -5), max: Math.min(maximum, 1000) }) }, { weight: 1, arbitrary: fc.constantFrom(minimum, maximum) }, { weight: 1, arbitrary: between({ min: minimum, max: maximum }) })
}

/** Each has broken a program somewhere. */
export const ODD_TEXTS = ['__proto__', 'constructor', 'toString', '', ' ', '\u0000', 'a\u0000b', '\ud800', 'x\udfff', '\uffff', '\u202e', '🙂', '🙂\ud83d', '../../log.sqlite', '%00', '%', '%E0%A4%A', "'; drop table doc; --", '９', 'é', '[object Object]', 'null', 'undefined', 'site:north', 'o-north', '{"', '\\', '{reference}', '$&']
const deep = (depth: number): Json => JSON.parse(`${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`) as Json
const WRONG: readonly Json[] = [null, true, false, 0, -1, 1.5, 1e308, -1e308, 5e-324, 2 ** 53, -(2 ** 53), 1e21, INFINITE(), '', ' '.repeat(70_000), 'x'.repeat(100_000), '9999-12-31T23:59:59.999Z', '2026-02-30T00:00:00Z', '-000001-01-01T00:00:00Z', [], {}, [[]], deep(10), deep(31), deep(40), JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{}}}') as Json]
/** Becomes a number that JSON has and JavaScript has not, in `textOf`. */
function INFINITE(): string {
  return '@1e999'
}
export const textOf = (value: Json): string => JSON.stringify(value).replaceAll('"@1e999"', '1e999')

export const wrong: Arbitrary<Json> = fc.oneof(fc.constantFrom(...WRONG), fc.constantFrom(...ODD_TEXTS), fc.jsonValue({ maxDepth: 3 }) as Arbitrary<Json>)

type Slip = { where: number[]; how: 'replace' | 'leave out' | 'add' | 'double'; what: Json; key: string }
export const slips: Arbitrary<Slip[]> = fc.array(
  fc.record({ where: fc.array(fc.nat(50), { minLength: 1, maxLength: 5 }), how: fc.constantFrom('replace', 'replace', 'leave out', 'add', 'double'), what: wrong, key: fc.constantFrom('__proto__', 'constructor', 'extra', '', 'toString') }),
  { minLength: 1, maxLength: 2 },
)

/** The value with something wrong in it; what was given is left as it is. */
export function slipped(value: Json, slips: readonly Slip[]): Json {
  return slips.reduce((whole, { where, ...slip }) => into(whole, where, slip), value)
}

function into(value: Json, [first, ...rest]: readonly number[], slip: Omit<Slip, 'where'>): Json {
  if (typeof value !== 'object' || value === null || first === undefined) return slip.what
  const list = Array.isArray(value)
  const entries: [string, Json][] = Object.entries(value)
  if (entries.length === 0) return slip.what
  const at = first % entries.length
  const [key, inner] = entries[at] ?? ['', null]
  const last = rest.length === 0 || typeof inner !== 'object' || inner === null
  if (!last) entries[at] = [key, into(inner, rest, slip)]
  else if (slip.how === 'replace') entries[at] = [key, slip.what]
  else if (slip.how === 'leave out') entries.splice(at, 1)
  else if (slip.how === 'add') entries.push([slip.key, slip.what])
  else entries.push([`${key} `, inner])
  return list ? entries.map(([, each]) => each) : (Object.fromEntries(entries) as Json)
}
