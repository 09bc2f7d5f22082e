import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { slimReply, wholeReply } from '../../../shared/sync/slim.ts'
import type { Op, ScopePage, SyncReply, Verdict } from '../../../shared/sync/wire.ts'

const NOW = '2026-11-24T08:00:00.000Z'
const quiet: SyncReply = { asked: 'e1', epoch: 'e1', now: NOW, lastSeq: 12, stopped: null, verdicts: [], scopes: {}, puts: [], lost: [], reset: [], wanted: [], grants: [] }
const accepted: Verdict = { id: 'c12', seq: 12, verdict: 'accepted', reason: null, at: NOW }
const empty = (at: number): ScopePage => ({ from: at, to: at, head: at, more: false, ops: [] })

describe('what goes without saying', () => {
  test('a pick that came out as foreseen is answered by its number, where the order stands now, and nothing else', () => {
    const op: Op = { same: 'o1', version: 9, sum: 77 }
    const reply = { ...quiet, verdicts: [accepted], scopes: { 'people:north': empty(5), 'site:north': { from: 40, to: 41, head: 41, more: false, ops: [op] } } }
    expect(slimReply(reply, { cursors: { 'people:north': 5, 'site:north': 40 } })).toEqual({
      epoch: 'e1',
      now: NOW,
      lastSeq: 12,
      verdicts: [{ id: 'c12', seq: 12 }],
      scopes: { 'site:north': { head: 41, ops: [op] } },
    })
  })

  test('a reader without news is told apart from nobody who may read', () => {
    const cursors = { 'people:north': 5 }
    expect(slimReply({ ...quiet, scopes: { 'people:north': empty(5) } }, { cursors })).toEqual({ epoch: 'e1', now: NOW, lastSeq: 12, scopes: {} })
    expect(slimReply(quiet, { cursors })).toEqual({ epoch: 'e1', now: NOW, lastSeq: 12 })
    expect(wholeReply({ epoch: 'e1', now: NOW, lastSeq: 12, scopes: {} }, { cursors }).scopes).toEqual({ 'people:north': empty(5) })
    expect(wholeReply({ epoch: 'e1', now: NOW, lastSeq: 12 }, { cursors }).scopes).toEqual({})
  })

  test('a scope that is lost is not taken for one without news', () => {
    const reply = { ...quiet, scopes: { 'people:north': empty(5) }, lost: ['site:north'] }
    const cursors = { 'people:north': 5, 'site:north': 40 }
    expect(wholeReply(slimReply(reply, { cursors }), { cursors })).toEqual(reply)
  })

  test('whatever the server says, the device reads the same, by way of the wire', () => {
    const position = fc.nat({ max: 3 })
    const ops = fc.array(fc.oneof(fc.record({ exit: fc.string() }), fc.record({ same: fc.string(), version: position, sum: position })), { maxLength: 2 })
    const page = fc.record({ from: position, to: position, head: position, more: fc.boolean(), ops })
    const verdict = fc.record({
      id: fc.string(),
      seq: position,
      verdict: fc.constantFrom('accepted', 'refused', 'quarantined'),
      reason: fc.constantFrom(null, { type: 'no-order' as const }),
      at: fc.constantFrom(NOW, '2026-11-23T08:00:00.000Z'),
    })
    const names = fc.constantFrom('people:n', 'site:n', 'driver:n:d')
    // A device holds only scopes that the reply knows of: read, or lost.
    const said = fc.dictionary(names, fc.record({ page, cursor: fc.option(position, { nil: undefined }) }), { minKeys: 1, noNullPrototype: true })
    const rest = fc.record({
      asked: fc.constantFrom('', 'e1', 'e2'),
      stopped: fc.constantFrom(null, { seq: 3, why: 'gap' as const }),
      verdicts: fc.array(verdict, { maxLength: 3 }),
      reset: fc.uniqueArray(names, { maxLength: 1 }),
      wanted: fc.array(fc.string(), { maxLength: 1 }),
      grants: fc.array(fc.string(), { maxLength: 1 }),
    })
    fc.assert(
      fc.property(said, rest, fc.constantFrom<string[][]>([], ['site:gone']), fc.boolean(), (scopes, more, lost, somebody) => {
        const pages = somebody ? Object.fromEntries(Object.entries(scopes).map(([scope, each]) => [scope, each.page])) : {}
        const held = Object.entries(scopes).flatMap(([scope, { cursor }]) => (cursor === undefined ? [] : [[scope, cursor] as const]))
        const cursors = Object.fromEntries([...held, ...lost.map((scope) => [scope, 7] as const)])
        const reply: SyncReply = { ...quiet, ...more, scopes: pages, lost }
        const travelled = JSON.parse(JSON.stringify(slimReply(reply, { cursors })))
        expect(wholeReply(travelled, { cursors })).toEqual(reply)
      }),
    )
  })
})
