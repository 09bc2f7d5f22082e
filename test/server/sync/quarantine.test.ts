import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Closed, QuarantineCard } from '../../../shared/people/wire.ts'
import type { Problem } from '../../../shared/sync/wire.ts'
import { hashPin } from '../../../server/people/pin.ts'
import { form, pick, Phone, random, staffedFloor } from '../floor.ts'

let all: Awaited<ReturnType<typeof staffedFloor>>
let desk: Phone
let phone: Phone
beforeEach(async () => {
  all = await staffedFloor()
  ;({ desk, phone } = all)
  const pinHash = await hashPin('4711', random)
  await all.floor.log.write(async (tx) => {
    const clerk = await tx.person('clerk')
    if (clerk) await tx.savePerson({ ...clerk, pinHash })
  })
  await desk.sync([desk.command('PlaceOrder', 'o1', form('N-1'))])
  await phone.sync()
})
afterEach(() => all.floor.end())

const cards = async (): Promise<QuarantineCard[]> => (await desk.call('GET', '/api/quarantine')).json() as Promise<QuarantineCard[]>
const decide = (id: number, outcome: Closed['outcome'], change: { reason?: string; pin?: string } = {}, by: Phone = desk) =>
  by.call('POST', `/api/quarantine/${id}`, { body: { outcome, reason: '主任確認過了', pin: '4711', ...change } })
const order = async () => {
  const body = (await all.floor.log.read((tx) => tx.docs('north', ['o1']))).get('o1')?.body
  if (body?.kind !== 'order') throw new Error('no order o1')
  return body
}
/** A pick that was made after the picker was sent away. */
async function tooLate(quantity = 3) {
  all.floor.clock.now += 60_000
  await all.floor.log.write(async (tx) => {
    const picker = await tx.person('picker')
    if (picker) await tx.savePerson({ ...picker, revokedAt: new Date(all.floor.clock.now).toISOString() })
  })
  all.floor.clock.now += 60_000
  const command = phone.command('PickLine', 'o1', pick(quantity))
  expect((await phone.sync([command])).verdicts).toMatchObject([{ verdict: 'quarantined', reason: { type: 'revoked-person' } }])
  const [card] = await cards()
  if (!card) throw new Error('nothing in quarantine')
  return { command, card }
}

describe('what was set apart', () => {
  test('says what it is, of which order, by whom, from where and why', async () => {
    const { command, card } = await tooLate()
    expect(card).toMatchObject({
      device: 'phone',
      deviceName: 'phone',
      reason: { type: 'revoked-person' },
      of: 1,
      closed: null,
      acts: [{ type: 'PickLine', doc: 'o1', number: 'N-1', customer: 'Lin Paper', at: command.at, by: 'picker', payload: pick(3) }],
    })
  })

  test('counts when a supervisor applies it: as the work of who did it, when they did it, and only once', async () => {
    const { command, card } = await tooLate()
    const closed = (await (await decide(card.id, 'applied')).json()) as Closed
    expect(closed).toMatchObject({ outcome: 'applied', by: 'clerk', name: 'clerk', reason: '主任確認過了' })
    expect((await order()).picks).toMatchObject([{ quantity: 3, by: 'picker', at: command.at }])
    const again = await decide(card.id, 'applied')
    expect([again.status, ((await again.json()) as Problem).type]).toEqual([409, 'closed-already'])
    expect((await order()).picks).toHaveLength(1)
    expect(await cards()).toMatchObject([{ id: card.id, closed }])
    // What the device was told stays told, and everybody gets the doc.
    expect((await phone.reply(await phone.send([command]))).verdicts).toMatchObject([{ verdict: 'quarantined' }])
    expect((await desk.sync()).scopes['site:north']?.ops).toHaveLength(1)
  })

  test('changes nothing when it is discarded, and stays to be read with who said so and why', async () => {
    const { card } = await tooLate()
    expect((await decide(card.id, 'discarded', { reason: '重複了' })).status).toBe(200)
    expect((await order()).picks).toEqual([])
    expect(await cards()).toMatchObject([{ id: card.id, closed: { outcome: 'discarded', reason: '重複了', name: 'clerk' } }])
  })

  test('is not applied where the rules say no, nor what no rule can read: it waits on, whole', async () => {
    await phone.sync([phone.command('CancelOrder', 'o1', { reason: 'x' }), phone.command('Unheard', 'o1', {}), phone.command('PickLine', 'o1', { line: 'one' })])
    const found = await cards()
    expect(found.map(({ reason }) => reason.type)).toEqual(['malformed', 'unknown-type', 'forbidden'])
    await desk.sync([desk.command('CancelOrder', 'o1', { reason: 'first' })])
    for (const { id } of found) {
      const answer = await decide(id, 'applied')
      expect([answer.status, ((await answer.json()) as Problem).type]).toEqual([409, 'not-applied'])
    }
    expect((await cards()).map(({ closed }) => closed)).toEqual([null, null, null])
  })

  test('is a supervisor’s of that site alone, with the right PIN and a reason', async () => {
    const { card } = await tooLate()
    const driver = await all.floor.person('north', 'driver', 'driver')
    const cab = new Phone(all.floor, await all.floor.device('north', 'cab'))
    await cab.signIn(driver)
    await all.floor.site('south')
    const boss = await all.floor.employ('south', 'boss', '4711', 'supervisor')
    const south = new Phone(all.floor, await all.floor.device('south', 'far'))
    await south.signIn(boss)
    expect((await decide(card.id, 'applied', {}, cab)).status).toBe(403)
    expect((await cab.call('GET', '/api/quarantine')).status).toBe(403)
    expect((await decide(card.id, 'applied', {}, south)).status).toBe(404)
    expect(await (await south.call('GET', '/api/quarantine')).json()).toEqual([])
    expect((await decide(card.id, 'applied', { pin: '0000' })).status).toBe(403)
    expect((await decide(card.id, 'applied', { reason: '   ' })).status).toBe(400)
    expect((await decide(9999, 'applied')).status).toBe(404)
    expect((await order()).picks).toEqual([])
    expect(await cards()).toMatchObject([{ closed: null }])
  })

  test('by five wrong PINs is locked as any other door', async () => {
    const { card } = await tooLate()
    for (let i = 0; i < 4; i++) expect((await decide(card.id, 'applied', { pin: '0000' })).status).toBe(403)
    expect((await decide(card.id, 'applied', { pin: '0000' })).status).toBe(429)
    expect((await decide(card.id, 'applied')).status).toBe(429)
  })
})

test('a rescue file that nobody signed can be applied: each act once, though the phone comes back with the same', async () => {
  const commands = [phone.command('PickLine', 'o1', pick(1)), phone.command('PickLine', 'o1', pick(2))]
  const { app, clock, grants } = phone.request()
  const work = JSON.stringify({ format: 1, app, device: 'phone', site: 'north', at: clock.wall, clock, grants, commands, pictures: [] })
  const row = { site: 'north', device: 'phone', receivedAt: clock.wall, reason: JSON.stringify({ type: 'rescue', why: 'unsigned' }), body: JSON.stringify({ work, signature: '' }), digest: 'a'.repeat(64) }
  await all.floor.log.write((tx) => tx.quarantine([row]))
  const [card] = await cards()
  expect(card).toMatchObject({ of: 2, acts: [{ type: 'PickLine', by: 'picker' }, { type: 'PickLine' }], reason: { type: 'rescue', why: 'unsigned' } })
  expect((await decide(card?.id ?? 0, 'applied')).status).toBe(200)
  expect((await order()).picks).toMatchObject([{ quantity: 1, by: 'picker' }, { quantity: 2 }])
  expect((await phone.sync(commands)).verdicts).toMatchObject([{ verdict: 'accepted', seq: 1 }, { verdict: 'accepted', seq: 2 }])
  expect((await order()).picks).toHaveLength(2)
})
