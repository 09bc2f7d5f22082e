/**
 * What once went over the wire must be read for ever: old phones send old queues (SYNC §2). A change of any shape bumps
 * PROTOCOL, adds a line to the history in wire.ts, a recorded example here and its mark in examples/marks.json (STYLE 14).
 */
import { hash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { canonical } from '../../../shared/sync/checksum.ts'
import { ALL_COMMANDS, type Body, evolveBody, isDocCommandType } from '../../../shared/sync/doc.ts'
import { PROTOCOL, type SlimReply, type SnapshotPage, SyncRequest } from '../../../shared/sync/wire.ts'
import { docsOf } from '../../../client/bundle.ts'
import { unpack } from '../../../client/unpack.ts'
import { listsOf, textOf } from '../../../shared/work/lists.ts'
import { registered } from '../../../shared/work/register.ts'

const HERE = import.meta.dirname
const EXAMPLES = join(HERE, 'examples')
const SHARED = join(HERE, '../../../shared')
type Example = { request: unknown; replies: SlimReply[]; snapshot: SnapshotPage }
const versions = Array.from({ length: PROTOCOL }, (_, i) => i + 1)
const example = (version: number) => JSON.parse(readFileSync(join(EXAMPLES, `protocol-${version}.json`), 'utf8')) as Example
const marks = JSON.parse(readFileSync(join(EXAMPLES, 'marks.json'), 'utf8')) as { [version: string]: string }

describe.each(versions)('protocol %d', (version) => {
  test('has a recorded example, a mark and a line of history', () => {
    expect(existsSync(join(EXAMPLES, `protocol-${version}.json`))).toBe(true)
    expect(marks).toHaveProperty(String(version))
    expect(readFileSync(join(SHARED, 'sync/wire.ts'), 'utf8')).toMatch(new RegExp(`(History:|^ \\*) +${version} \\S`, 'm'))
  })
  test('its request is still read, and so is every command in it', () => {
    const request = z.parse(SyncRequest, example(version).request)
    const types = new Set<string>()
    for (const { type, v, payload } of request.commands) {
      expect(isDocCommandType(type), type).toBe(true)
      if (!isDocCommandType(type)) continue
      types.add(type)
      const schema: z.ZodMiniType = ALL_COMMANDS[type].payload
      expect(z.safeParse(schema, payload), type).toMatchObject({ success: true })
      expect(v).toBeLessThanOrEqual(ALL_COMMANDS[type].v)
    }
    if (version === PROTOCOL) expect([...types].toSorted()).toEqual(Object.keys(ALL_COMMANDS).toSorted())
  })
  test('its docs still stand in lists, and its deltas still fold', () => {
    const { replies, snapshot } = example(version)
    const docs = new Map<string, Body>()
    const seen = new Set<string>()
    const keep = (body: Body) => {
      docs.set(body.id, body)
      expect(listsOf(body).length + textOf(body).length).toBeGreaterThan(0)
    }
    for (const { scopes } of replies)
      for (const op of Object.values(scopes ?? {}).flatMap(({ ops = [] }) => ops)) {
        seen.add(Object.keys(op)[0] ?? '')
        if ('put' in op) keep(op.put.body)
        if ('delta' in op) {
          const body = op.events.reduce<Body | null>((state, event) => evolveBody(state, event, op.delta), docs.get(op.delta) ?? null)
          expect(body?.version).toBe(op.version)
        }
      }
    for (const { body } of snapshot.docs) keep(body)
    const { closed } = snapshot
    if (closed) {
      const bundled = docsOf({ docs: Buffer.from(closed.packed, 'base64') }, unpack)
      expect(registered(bundled)).toEqual({ closed: bundled, register: closed.register, rest: [] })
    } else expect(version).toBeLessThan(7)
    expect(seen).toEqual(new Set(['put', 'same', 'delta']))
  })
})

test('the shapes are those that were marked: a change of the wire or of a command bumps PROTOCOL', () => {
  expect(hash('sha256', shapes()), `the shapes changed: bump PROTOCOL, record examples/protocol-${PROTOCOL + 1}.json and its mark`).toBe(marks[String(PROTOCOL)])
})

/** What answers and docs are made of. */
const OUT = ['sync/wire.ts', 'sync/doc.ts', 'order/events.ts', 'order/refusal.ts', 'order/form.ts', 'order/order.ts', 'order/stage.ts', 'stock/events.ts', 'trip/trip.ts', 'product/product.ts', 'people/person.ts', 'site/site.ts', 'work/register.ts']

/** Every shape that travels, as text: what comes in by its schema, what goes out by its type. */
function shapes(): string {
  const commands = Object.entries(ALL_COMMANDS).map(([type, { kind, v, payload }]) => ({ type, kind, v, payload: z.toJSONSchema(payload) }))
  return canonical({ request: z.toJSONSchema(SyncRequest, { io: 'input' }), commands, out: OUT.map(typesIn) })
}

/** The types a file declares, without comments and layout. */
function typesIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(join(SHARED, file), 'utf8'), ts.ScriptTarget.Latest, true)
  const printer = ts.createPrinter({ removeComments: true })
  return source.statements.filter(ts.isTypeAliasDeclaration).map((each) => printer.printNode(ts.EmitHint.Unspecified, each, source))
}
