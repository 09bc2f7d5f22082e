import { describe, expect, test } from 'vitest'
import { shippedLines, shippedOf } from '../../../shared/order/order.ts'
import { and, arrived, ask, cancelled, chief, claimed, clerk, confirmed, departed, finished, given, inspected, kindsOf, loaded, money, onTrip, orderIn, packed, picked, picker, placed, raisedBy, refusalOf, shipped, shipper, typesOf, upTo, without } from './mill.ts'

describe('packing and loading', () => {
  test('what was picked and passed fits', () => {
    expect(kindsOf(upTo('inspected'), packed())).toEqual([])
    expect(kindsOf(upTo('packed'), loaded())).toEqual([])
  })
  test('uninspected, or more than lies in the pile, is raised', () => {
    expect(kindsOf(upTo('finished'), packed())).toEqual(['packed-uninspected'])
    expect(raisedBy(upTo('inspected'), packed([[1, 8], [1, 4], [2, 1], [99, 5]]))).toMatchObject([{ kind: 'packed-more-than-picked', goods: [{ line: 1, quantity: 2 }, { line: 99, quantity: 5 }] }])
  })
  test('loading twice names the first truck and who loaded it', () => {
    expect(raisedBy(upTo('loaded'), loaded(2, 'KLA-3096'))).toMatchObject([{ kind: 'loaded-twice', note: 'KEH-6218 · shipper', goods: [{ line: 1, quantity: 10 }, { line: 2, quantity: 2_500_000 }] }])
  })
  test('fewer or more packages than were packed, unpacked goods, a cancelled order: raised', () => {
    expect(raisedBy(upTo('packed'), loaded(1))).toMatchObject([{ kind: 'packages-differ', note: '1 / 2' }])
    expect(kindsOf(upTo('inspected'), loaded())).toEqual(['loaded-unpacked'])
  })
  test('the right number of packages, and one of them another one: raised, with both numbers', () => {
    const numbered = ask('Pack', { packages: ['PK000300000001', 'PK000300000002'].map((code, i) => ({ no: i + 1, kind: 'pallet', grams: 0, contents: [{ line: i + 1, quantity: 1 }], code })) }, picker)
    const on = (...codes: string[]) => ask('Load', { vehicle: 'KEH-6218', packages: codes.length, loaded: codes.map((code, i) => ({ no: i + 1, code, scanned: true })) }, shipper)
    const scene = and(upTo('inspected'), numbered)
    expect(kindsOf(scene, on('PK000300000002', 'PK000300000001'))).toEqual([])
    expect(raisedBy(scene, on('PK000300000001', 'PK000300000007'))).toMatchObject([{ kind: 'packages-differ', note: '2 / 2 · −PK000300000002 · +PK000300000007' }])
    expect(orderIn(and(scene, on('PK000300000001', 'PK000300000002'))).loading?.loaded).toEqual([{ no: 1, code: 'PK000300000001', scanned: true }, { no: 2, code: 'PK000300000002', scanned: true }])
  })
  test('loading what was cancelled is raised', () => {
    expect(kindsOf(and(upTo('packed'), cancelled()), loaded())).toEqual(['loaded-after-cancel'])
  })
})

describe('packing again', () => {
  test('after loading into another number of packages is raised; into as many it is not', () => {
    expect(raisedBy(upTo('loaded'), packed([[1, 5], [1, 5], [2, 2_500_000]]))).toMatchObject([{ kind: 'packages-differ', note: '2 / 3' }])
    expect(kindsOf(upTo('loaded'), packed())).toEqual([])
  })
})

describe('shipping', () => {
  const urgent = ask('OverrideNotice', { reason: '停線' }, chief)
  const withdrawn = (gate: 'confirmation' | 'release', by = clerk) => ask('WithdrawGate', { gate, reason: '規格有誤' }, by)
  test('under an emergency override nothing is raised, until the confirmation is withdrawn that it was given on', () => {
    const hurried = and(given(placed(), confirmed(), urgent), claimed(), picked(1, 10), picked(2, 2_500_000), finished(), inspected(), packed(), loaded())
    expect(kindsOf(hurried, shipped())).toEqual([])
    expect(orderIn(and(hurried, withdrawn('confirmation'))).override).toBeNull()
    expect(kindsOf(and(hurried, withdrawn('confirmation')), shipped())).toEqual(['shipped-unreleased', 'shipped-without-notice'])
    expect(kindsOf(and(hurried, withdrawn('confirmation'), confirmed(), urgent), shipped())).toEqual([])
  })
  test('an override stands when the release is withdrawn: it is what the emergency does without', () => {
    const hurried = and(without(['noticed'], 'loaded'), urgent)
    expect(kindsOf(and(hurried, withdrawn('release', money)), shipped())).toEqual([])
  })

  test('with every gate open nothing is raised, and the delivery order lists what lay in the pile', () => {
    expect(kindsOf(upTo('loaded'), shipped())).toEqual([])
    expect(orderIn(upTo('shipped')).shipment).toMatchObject({ deliveryOrder: 'DO-2611-03-0007', lines: [{ line: 1, quantity: 10 }, { line: 2, quantity: 2_500_000 }] })
  })
  test('goods that come back later leave the delivery order as it was', () => {
    const scene = and(upTo('claimed'), picked(1, 10, picker, 'p1'), shipped(), ask('PutBack', { pick: 'p1', quantity: 4 }, picker))
    expect(shippedOf(orderIn(scene), 1)).toBe(10)
    expect(shippedLines(orderIn(scene)).map(({ line, quantity }) => [line.no, quantity])).toEqual([[1, 10]])
  })
  test('nothing is shipped without release and notice: what left is named', () => {
    expect(raisedBy(without(['noticed'], 'loaded'), shipped())).toMatchObject([{ kind: 'shipped-without-notice', goods: [{ line: 1, quantity: 10 }, { line: 2 }] }])
    expect(kindsOf(without(['released', 'noticed'], 'loaded'), shipped())).toEqual(['shipped-unreleased', 'shipped-without-notice'])
  })
  test('uninspected, after cancellation, twice: raised, and the first delivery order stands', () => {
    expect(kindsOf(without(['inspected'], 'loaded'), shipped())).toEqual(['shipped-uninspected'])
    expect(kindsOf(and(upTo('loaded'), cancelled()), shipped())).toEqual(['shipped-after-cancel'])
    const again = shipped({ deliveryOrder: 'DO-2611-03-0008' })
    expect(raisedBy(upTo('shipped'), again)).toMatchObject([{ kind: 'shipped-twice', note: 'DO-2611-03-0007' }])
    expect(orderIn(and(upTo('shipped'), again)).shipment?.deliveryOrder).toBe('DO-2611-03-0007')
  })
})

describe('trips', () => {
  const off = () => ask('TakeOffTrip', {}, shipper)
  test('an order is put on a trip and taken off until it has left', () => {
    expect(orderIn(upTo('onTrip')).trip).toMatchObject({ number: '11-24-01', stop: 1 })
    expect(typesOf(upTo('onTrip'), off())).toEqual(['TakenOffTrip'])
    expect(refusalOf(upTo('loaded'), off())).toEqual({ type: 'not-on-trip' })
    expect(refusalOf(upTo('departed'), off())).toMatchObject({ type: 'wrong-stage', stage: 'underway' })
    expect(refusalOf(and(upTo('shipped'), arrived()), onTrip())).toMatchObject({ type: 'wrong-stage', stage: 'arrived' })
  })
  test('put where it already is, nothing happens; as another stop, it moves', () => {
    expect(typesOf(upTo('onTrip'), onTrip())).toEqual([])
    expect(typesOf(and(upTo('onTrip'), off()), onTrip())).toEqual(['PutOnTrip'])
  })
  test('not when it was cancelled; an unknown order is no order', () => {
    expect(refusalOf(and(upTo('confirmed'), cancelled()), onTrip())).toMatchObject({ type: 'already-cancelled' })
    expect(refusalOf(given(), onTrip())).toEqual({ type: 'no-order' })
    expect(kindsOf(given(placed()), departed())).toEqual(['left-unshipped'])
  })
})
