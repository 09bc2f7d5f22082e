import { cpSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { form, makeFolder, openFloor, pick } from '../../server/floor.ts'
import { openPhone, until } from '../../support/open-phone.ts'
import { badLine, type Crew, openCrew } from '../crew.ts'

let crew: Crew
beforeEach(async () => {
  crew = await openCrew()
})
afterEach(() => crew.end())

/** The server as it was when this was called comes back, as the restore tool brings it: under a new epoch. */
async function backup() {
  const { clock } = crew.floor
  const copy = makeFolder()
  const was = crew.floor
  await was.close()
  cpSync(was.folder.path, copy.path, { recursive: true })
  crew.floor = await openFloor(was.folder)
  crew.floor.clock.now = clock.now
  return async () => {
    const { now } = crew.floor.clock
    await crew.floor.end()
    crew.floor = await openFloor(copy)
    crew.floor.clock.now = now
    await crew.floor.log.write((tx) => tx.beginEpoch('restored'))
  }
}

describe('a server restored from a backup', () => {
  test('gets back everything it forgot, what it refused too, in order and without a hole', async () => {
    const phone = await crew.phone('phone', 'clerk')
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    await phone.sync()
    const restore = await backup()
    const picker = await crew.phone('other', 'clerk')
    await phone.issue({ type: 'SignGate', doc: 'o1', payload: { gate: 'confirmation', note: '' }, signed: true }, { type: 'PickLine', doc: 'o1', payload: pick(1) })
    await phone.sync()
    await picker.sync()
    await picker.issue({ type: 'ReportShort', doc: 'o1', payload: { line: 1, quantity: 1, reason: 'other', note: '' } })
    // Refused by the server only: the phone still shows the order as it was.
    await phone.issue({ type: 'CancelOrder', doc: 'o1', payload: { reason: 'no credit' }, signed: true })
    await phone.sync()
    await picker.issue({ type: 'MarkEmergency', doc: 'o1', payload: { reason: 'tonight' }, signed: true })
    await picker.sync()
    await picker.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) })
    await picker.sync()
    await phone.sync()
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(7) })

    await restore()
    await phone.sync()
    expect(await phone.db.read('epoch')).toBe('restored')
    const order = await crew.serverOrder('o1')
    expect(order).toMatchObject({ signed: { confirmation: { by: 'clerk' } }, cancelled: { reason: 'no credit' }, picks: [{ quantity: 1 }, { quantity: 7 }] })
    expect((await phone.db.docs.get('o1'))?.doc).toEqual(await crew.serverDoc('o1'))
    expect(await phone.db.outbox.count()).toBe(0)
    expect((await crew.floor.log.read((tx) => tx.device('phone')))?.lastSeq).toBe(5)
    // The other phone is not in that backup: it is turned away, and keeps everything.
    expect(await picker.sync()).toMatchObject({ paused: 'unknown-device' })
    expect(await picker.db.archive.count()).toBe(2)
  })

  test('is offered what was refused as well: the answer may be another one now', async () => {
    const desk = await crew.phone('desk', 'clerk')
    const phone = await crew.phone('phone', 'picker')
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, { type: 'SignGate', doc: 'o1', payload: { gate: 'confirmation', note: '' }, signed: true })
    await desk.sync()
    await phone.sync()
    const restore = await backup()
    await desk.issue({ type: 'ClaimOrder', doc: 'o1', payload: {} })
    await desk.sync()
    await phone.issue({ type: 'ClaimOrder', doc: 'o1', payload: {} }, { type: 'PickLine', doc: 'o1', payload: pick(1) })
    await phone.sync()
    expect(await phone.db.attention.count()).toBe(1)

    await restore()
    await phone.sync()
    expect(await phone.db.attention.count()).toBe(0)
    expect(await crew.serverOrder('o1')).toMatchObject({ claim: { by: 'picker' }, picks: [{ quantity: 1 }] })
    expect((await phone.db.archive.toArray()).map((each) => each.seq).sort()).toEqual([1, 2])
  })

  test('answers late in the name of its old history: nothing of that is taken', async () => {
    const line = badLine()
    const phone = await crew.phone('phone', 'clerk', { between: line.between })
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    await phone.sync()
    const restore = await backup()
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(1) })
    line.hold()
    const late = phone.sync()
    await until(() => line.state.held.length === 1)
    await restore()
    phone.held.clear()
    const tab = phone.tab()
    line.state.forge = (url) => (url.includes('/api/snapshot') ? new Response('', { status: 502 }) : null)
    await tab.sync.now()
    expect(await phone.db.read('epoch')).toBe('restored')
    const cursors = await phone.db.cursors.toArray()
    line.release()
    await late
    expect(await phone.db.read('epoch')).toBe('restored')
    expect(await phone.db.cursors.toArray()).toEqual(cursors)
    line.state.forge = null
    await phone.sync()
    expect((await crew.serverOrder('o1')).picks).toHaveLength(1)
    expect((await phone.db.docs.get('o1'))?.doc).toEqual(await crew.serverDoc('o1'))
    expect(await phone.db.outbox.count()).toBe(0)
  })
})

describe('a profile that was cloned', () => {
  test('whose twin was first after a restore loses nothing, though the server’s last number is its own', async () => {
    const phone = await crew.phone('phone', 'clerk')
    await phone.sync()
    const twin = await crew.add({ name: 'twin' })
    await phone.cloneInto(twin)
    const restore = await backup()
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    await phone.sync()
    expect(await phone.db.archive.count()).toBe(1)
    await restore()
    // The same number under the same name.
    await twin.issue({ type: 'PlaceOrder', doc: 'o2', payload: form('N-2') })
    await twin.sync()
    await phone.sync()
    await phone.sync()
    expect((await crew.serverOrder('o1')).number).toBe('N-1')
    expect((await crew.serverOrder('o2')).number).toBe('N-2')
    expect((await phone.db.read('identity'))?.device).not.toBe((await twin.db.read('identity'))?.device)
    expect(await phone.db.outbox.count()).toBe(0)
  })

  test('whose twin offered all of its work to the restored server hears how that fared there', async () => {
    const desk = await crew.phone('desk', 'clerk')
    const phone = await crew.phone('phone', 'picker')
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, { type: 'SignGate', doc: 'o1', payload: { gate: 'confirmation', note: '' }, signed: true })
    await desk.sync()
    await phone.sync()
    const restore = await backup()
    await phone.issue({ type: 'ClaimOrder', doc: 'o1', payload: {} }, { type: 'PickLine', doc: 'o1', payload: pick(1) })
    await phone.sync()
    expect(await phone.db.archive.count()).toBe(2)
    const twin = await crew.add({ name: 'twin' })
    await phone.cloneInto(twin)

    await restore()
    await desk.issue({ type: 'ClaimOrder', doc: 'o1', payload: {} })
    await desk.sync()
    await twin.sync()
    await phone.sync()
    for (const each of [twin, phone]) expect((await each.db.attention.toArray()).map(({ type }) => type)).toEqual(['ClaimOrder'])
    expect((await crew.serverOrder('o1')).picks).toHaveLength(1)
    expect(await phone.db.outbox.count()).toBe(0)
  })

  test('whose twin’s refusal became a yes in the restored server hears of it, and asks nobody any more', async () => {
    const desk = await crew.phone('desk', 'clerk')
    const phone = await crew.phone('phone', 'picker')
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, { type: 'SignGate', doc: 'o1', payload: { gate: 'confirmation', note: '' }, signed: true })
    await desk.sync()
    await phone.sync()
    const restore = await backup()
    await desk.issue({ type: 'ClaimOrder', doc: 'o1', payload: {} })
    await desk.sync()
    await phone.issue({ type: 'ClaimOrder', doc: 'o1', payload: {} }, { type: 'PickLine', doc: 'o1', payload: pick(1) })
    await phone.sync()
    const twin = await crew.add({ name: 'twin' })
    await phone.cloneInto(twin)
    for (const each of [twin, phone]) expect((await each.db.attention.toArray()).map(({ type }) => type)).toEqual(['ClaimOrder'])

    await restore()
    await twin.sync()
    await phone.sync()
    for (const each of [twin, phone]) expect(await each.db.attention.count()).toBe(0)
    expect(await crew.serverOrder('o1')).toMatchObject({ claim: { by: 'picker' }, picks: [{ quantity: 1 }] })
    expect((await phone.db.docs.get('o1'))?.doc).toEqual(await crew.serverDoc('o1'))
  })

  test('takes a new identity and numbers anew what is unsent; both sides of the clone lose nothing', async () => {
    const phone = await crew.phone('phone', 'clerk')
    await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    await phone.sync()
    const twin = await openPhone({ app: crew.floor.app, name: 'twin', now: () => crew.floor.clock.now })
    await phone.cloneInto(twin)
    await phone.issue({ type: 'PickLine', doc: 'o1', payload: pick(1) })
    await twin.issue({ type: 'PickLine', doc: 'o1', payload: pick(2) }, { type: 'PickLine', doc: 'o1', payload: pick(3) })
    await phone.sync()
    await twin.sync()
    const identity = await twin.db.read('identity')
    expect(identity?.device).not.toBe('phone')
    expect((await twin.db.archive.orderBy('seq').toArray()).filter((each) => each.type === 'PickLine').map(({ seq, device }) => ({ seq, device }))).toEqual([
      { seq: 1, device: identity?.device },
      { seq: 2, device: identity?.device },
    ])
    expect((await crew.serverOrder('o1')).picks.map((each) => each.quantity)).toEqual([1, 2, 3])
    expect((await twin.db.docs.get('o1'))?.doc).toEqual(await crew.serverDoc('o1'))
    await twin.issue({ type: 'PickLine', doc: 'o1', payload: pick(4) })
    await twin.sync()
    await phone.sync()
    expect((await phone.order('o1'))?.picks.map((each) => each.quantity)).toEqual([1, 2, 3, 4])
    expect(await twin.db.outbox.count()).toBe(0)
    await twin.close()
  })
})
