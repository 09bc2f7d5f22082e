import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { applyStreamed } from '../../../client/sync/settle.ts'
import { form, pick } from '../../server/floor.ts'
import { type Phone, until } from '../../support/open-phone.ts'
import { badLine, type Crew, openCrew, overheard } from '../crew.ts'

let crew: Crew
beforeEach(async () => {
  crew = await openCrew()
})
afterEach(() => crew.end())

/** Orders that are in the server's log already. */
async function placed(...ids: string[]) {
  const desk = await crew.phone('desk', 'clerk')
  for (const id of ids) {
    await desk.issue({ type: 'PlaceOrder', doc: id, payload: form(`N-${id}`, { clauses: 'Keep dry. '.repeat(150) }) })
    await desk.issue({ type: 'SignGate', doc: id, payload: { gate: 'confirmation', note: '' }, signed: true })
  }
  await desk.sync()
  return desk
}
/** The phone's copy says what no server ever said. */
const drift = (phone: Phone) =>
  phone.db.docs.where('id').equals('o1').modify((row) => {
    if (row.doc.body.kind === 'order') row.doc.body.memo = 'never written'
  })

describe('drift', () => {
  test('a copy that has drifted costs one whole doc, once', async () => {
    const desk = await placed('o1')
    const ear = overheard()
    const line = badLine()
    const phone = await crew.phone('phone', 'picker', { between: (fetch) => line.between(ear.between(fetch)) })
    await phone.sync()
    const puts = () => ear.replies.map((reply) => reply.puts.length)
    await drift(phone)
    ear.replies.length = 0
    await desk.issue({ type: 'ClaimOrder', doc: 'o1', payload: {} })
    await desk.sync()
    await phone.sync()
    expect(puts()).toEqual([0, 1])
    expect((await phone.db.docs.get('o1'))?.doc).toEqual(await crew.serverDoc('o1'))
    // The same for what this phone did itself: it is not settled before the copy is right.
    await drift(phone)
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(1) })
    let asked = 0
    line.state.forge = () => {
      asked += 1
      if (asked === 2) throw new TypeError('Failed to fetch')
      return null
    }
    await phone.sync()
    expect(await phone.db.outbox.toArray()).toMatchObject([{ state: 'awaited' }])
    expect((await phone.order('o1'))?.picks).toHaveLength(1)
    line.state.forge = null
    await phone.sync()
    expect(puts()).toEqual([0, 1, 0, 1])
    expect((await phone.db.docs.get('o1'))?.doc).toEqual(await crew.serverDoc('o1'))
    expect(await phone.db.archive.count()).toBe(1)
    await phone.sync()
    expect(puts()).toEqual([0, 1, 0, 1, 0])
    expect(await phone.db.read('need')).toEqual([])
  })

  test('behind a page that was not the last, what the stream brings is no consistent point: an order that changed once more is still to come', async () => {
    await placed('o1')
    const phone = await crew.phone('phone', 'picker')
    await phone.sync()
    const scope = 'site:north'
    const { position = 0 } = (await phone.db.cursors.get(scope)) ?? {}
    const epoch = (await phone.db.read('epoch')) ?? ''
    const hears = async (from: number) => {
      expect(await applyStreamed(phone.db, { type: 'ops', epoch, scope, from, to: from + 1, ops: [] }, 0)).toBe('applied')
      return phone.db.cursors.get(scope)
    }
    expect(await hears(position)).toEqual({ scope, position: position + 1, consistent: position + 1 })
    await phone.db.cursors.put({ scope, position: position + 1, consistent: position })
    expect(await hears(position + 1)).toEqual({ scope, position: position + 2, consistent: position })
  })

  test('a copy that was asked for is asked for until it came, whatever else came', async () => {
    const desk = await placed('o1', 'o2')
    const line = badLine()
    const phone = await crew.phone('phone', 'picker', { between: line.between })
    await phone.sync()
    await drift(phone)
    await phone.db.put('need', ['o1'])
    line.hold()
    const round = phone.sync()
    await until(() => line.state.held.length === 1)
    // The site goes on meanwhile, so that the page of the answer is no longer the next.
    const { position = 0 } = (await phone.db.cursors.get('site:north')) ?? {}
    await desk.issue({ type: 'ClaimOrder', doc: 'o2', payload: {} })
    await desk.sync()
    const doc = await crew.serverDoc('o2')
    const epoch = (await phone.db.read('epoch')) ?? ''
    if (doc) await applyStreamed(phone.db, { type: 'ops', epoch, scope: 'site:north', from: position, to: position + 1, ops: [{ put: doc }] }, crew.floor.clock.now)
    line.release()
    await round
    await phone.sync()
    expect((await phone.db.docs.get('o1'))?.doc).toEqual(await crew.serverDoc('o1'))
    expect(await phone.db.read('need')).toEqual([])
  })
})
