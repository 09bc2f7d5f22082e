import { beforeEach, describe, expect, test } from 'vitest'
import { type Op, PAGE_DOCS } from '../../../shared/sync/wire.ts'
import { form, pick, type staffedFloor as Floor, staffedFloor } from '../floor.ts'

const SITE = 'site:north'
/** Of a pick that nobody had confirmed: the pick, and the exception that it is. */
const EVENTS = 2
let all: Awaited<ReturnType<typeof Floor>>
beforeEach(async () => {
  all = await staffedFloor()
  return () => all.floor.end()
})

/** What travelled of an order, in the page that comes next. */
async function opOf(doc: string, change: Parameters<typeof all.phone.sync>[1] = {}): Promise<Op | undefined> {
  const { scopes } = await all.phone.sync([], change)
  return scopes[SITE]?.ops.find((op) => ('delta' in op ? op.delta === doc : 'put' in op && op.put.body.id === doc))
}
const picked = (doc: string) => all.desk.sync([all.desk.command('PickLine', doc, pick())])

describe('a phone that comes back', () => {
  test('is told of what it did itself that it is there, without saying what it has', async () => {
    await all.desk.sync([all.desk.command('PlaceOrder', 'o1', form('N-1'))])
    await all.phone.sync()
    const { scopes } = await all.phone.sync([all.phone.command('PickLine', 'o1', pick())], { held: {} })
    expect(scopes[SITE]?.ops).toMatchObject([{ same: 'o1', version: 1 + EVENTS }])
  })

  test('is given what happened to an order since it was last here, however often it changed', async () => {
    await all.desk.sync([all.desk.command('PlaceOrder', 'o1', form('N-1'))])
    await all.phone.sync()
    for (let i = 0; i < 3; i++) await picked('o1')
    expect(await opOf('o1')).toMatchObject({ delta: 'o1', from: 1, version: 1 + 3 * EVENTS })
  })

  test('is given the order when it changed more often than the log remembers', async () => {
    await all.desk.sync([all.desk.command('PlaceOrder', 'o1', form('N-1'))])
    await all.phone.sync()
    await all.desk.sync(Array.from({ length: 50 }, (_, i) => all.desk.command('PlaceOrder', `other-${i}`, form(`M-${i}`))))
    for (let i = 0; i < 40; i++) await picked('o1')
    expect(await opOf('o1')).toMatchObject({ put: { body: { id: 'o1', version: 1 + 40 * EVENTS } } })
  })

  test('and reads in pages misses nothing of an order that moved on between two of them', async () => {
    const ids = Array.from({ length: PAGE_DOCS + 1 }, (_, i) => `o${i}`)
    for (let i = 0; i < ids.length; i += 100) await all.desk.sync(ids.slice(i, i + 100).map((id) => all.desk.command('PlaceOrder', id, form(id))))
    await all.phone.sync()
    await all.phone.sync()
    const here = all.phone.cursors[SITE] ?? 0
    await picked('o0')
    for (let i = 1; i < ids.length; i += 100) await all.desk.sync(ids.slice(i, i + 100).map((id) => all.desk.command('PickLine', id, pick())))
    await picked('o0')
    const first = (await all.phone.sync()).scopes[SITE]
    expect(first).toMatchObject({ more: true, ops: expect.not.arrayContaining([expect.objectContaining({ delta: 'o0' })]) })
    // It was told of by neither page as it was after the first change, though that lies before the cursor.
    expect(await opOf('o0', { consistent: { [SITE]: here } })).toMatchObject({ delta: 'o0', from: 1, version: 1 + 2 * EVENTS })
  })
})
