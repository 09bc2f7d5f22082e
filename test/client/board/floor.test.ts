import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { claimsOpen, exceptionsOpen, figuresOf, untakenOf } from '../../../client/board/floor.ts'
import { GRAVITIES, GRAVITY } from '../../../shared/order/gravity.ts'
import type { DeviceCard } from '../../../shared/people/wire.ts'
import { form, pick } from '../../server/floor.ts'
import { type Crew, openCrew } from '../crew.ts'

describe('the board', () => {
  let crew: Crew
  beforeEach(async () => {
    crew = await openCrew()
  })
  afterEach(() => crew.end())

  test('lists open exceptions by age, and one that was settled leaves it at once, network or not', async () => {
    const desk = await crew.phone('desk', 'clerk')
    desk.line.up = false
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, { type: 'PlaceOrder', doc: 'o2', payload: form('N-2') })
    await desk.issue({ type: 'PickLine', doc: 'o2', payload: pick(1) })
    crew.floor.clock.now += 60_000
    await desk.issue({ type: 'PickLine', doc: 'o1', payload: pick(1) })
    const before = await exceptionsOpen(desk.db)
    expect(before.map(({ order, exception }) => [order.number, exception.kind])).toEqual([
      ['N-2', 'picked-unconfirmed'],
      ['N-1', 'picked-unconfirmed'],
    ])
    const [oldest] = before
    if (!oldest) throw new Error('no exception')
    await desk.issue({ type: 'SettleException', doc: 'o2', payload: { exception: oldest.exception.id, decision: 'accept', note: 'confirmed by phone' }, signed: true })
    expect((await exceptionsOpen(desk.db)).map(({ order }) => order.number)).toEqual(['N-1'])
  })

  test('puts the gravest exception first, however young, and says how grave each is', async () => {
    const desk = await crew.phone('desk', 'clerk')
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, { type: 'PickLine', doc: 'o1', payload: pick(1) })
    crew.floor.clock.now += 60_000
    await desk.issue({ type: 'PlaceOrder', doc: 'o2', payload: form('N-2') }, { type: 'Ship', doc: 'o2', payload: { deliveryOrder: 'DO-1', carrier: '', vehicle: '', driver: '', packages: 1 }, signed: true })
    const kinds = (await exceptionsOpen(desk.db)).map(({ exception }) => exception.kind)
    expect(kinds.map((kind) => GRAVITY[kind])).toEqual([...kinds.map((kind) => GRAVITY[kind])].sort((a, b) => GRAVITIES.indexOf(a) - GRAVITIES.indexOf(b)))
    expect(kinds).toContain('shipped-without-notice')
    expect(kinds.indexOf('picked-unconfirmed')).toBeGreaterThan(0)
  })

  test('shows claims since when, whoever has them, and counts emergencies among what is open', async () => {
    const desk = await crew.phone('desk', 'clerk')
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, { type: 'PlaceOrder', doc: 'o2', payload: form('N-2') })
    for (const doc of ['o1', 'o2']) await desk.issue({ type: 'SignGate', doc, payload: { gate: 'confirmation', note: '' }, signed: true })
    await desk.issue({ type: 'ClaimOrder', doc: 'o2', payload: {} })
    crew.floor.clock.now += 60_000
    await desk.issue({ type: 'ClaimOrder', doc: 'o1', payload: {} }, { type: 'MarkEmergency', doc: 'o1', payload: { reason: 'the press waits' }, signed: true })
    expect((await claimsOpen(desk.db)).map((order) => [order.number, order.claim?.name])).toEqual([
      ['N-2', 'clerk'],
      ['N-1', 'clerk'],
    ])
    expect(await figuresOf(desk.db, '2026-01-01T00:00:00.000Z')).toEqual({
      onTime: { part: 0, whole: 0 },
      complete: { part: 0, whole: 0 },
      open: 2,
      confirm: 0,
      emergency: 1,
    })
    await desk.issue({ type: 'ReleaseClaim', doc: 'o2', payload: {} })
    expect((await claimsOpen(desk.db)).map((order) => order.number)).toEqual(['N-1'])
  })

  test('shows what nobody took, the soonest to be delivered again first, until somebody comes again', async () => {
    const desk = await crew.phone('desk', 'clerk')
    desk.line.up = false
    const later = new Date(crew.floor.clock.now + 7_200_000).toISOString()
    for (const [doc, againAt] of [['o1', later], ['o2', null]] as const)
      await desk.issue(
        { type: 'PlaceOrder', doc, payload: form(`N-${doc}`) },
        { type: 'Ship', doc, payload: { deliveryOrder: `DO-${doc}`, carrier: '', vehicle: '', driver: '', packages: 1 }, signed: true },
        { type: 'ReportAbsent', doc, payload: { place: null, note: '', photos: [], againAt, after: 'stay', why: 'absent' } },
      )
    expect((await untakenOf(desk.db)).map(({ number }) => number)).toEqual(['N-o2', 'N-o1'])
    await desk.issue({ type: 'Arrive', doc: 'o2', payload: { place: null } })
    expect((await untakenOf(desk.db)).map(({ number }) => number)).toEqual(['N-o1'])
  })

  test('does not count as waiting what a phone has just sent', async () => {
    const desk = await crew.phone('desk', 'clerk')
    await desk.sync()
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') }, { type: 'PickLine', doc: 'o1', payload: pick(1) })
    await desk.sync()
    expect(await desk.db.outbox.where('state').equals('waiting').count()).toBe(0)
    const token = (await desk.db.read('identity'))?.token ?? ''
    const grant = await crew.grant((await desk.db.read('identity'))?.device ?? '', 'clerk')
    const cards = (await (await crew.floor.call('GET', '/api/devices', { token, grant })).json()) as DeviceCard[]
    expect(cards.map(({ lastSeq, seen }) => ({ lastSeq, commands: seen?.commands, oldest: seen?.oldest }))).toEqual([{ lastSeq: 2, commands: 0, oldest: null }])
  })
})
