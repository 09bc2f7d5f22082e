/** Every refusal and every exception there is, reached by a scene: a kind without one does not compile, a scene that misses its kind fails. */
import { describe, expect, test } from 'vitest'
import type { RefusalType } from '../../../shared/order/refusal.ts'
import { EXCEPTION_KINDS, type ExceptionKind } from '../../../shared/order/exception.ts'
import { COMMAND_TYPES, COMMANDS, isFact } from '../../../shared/order/commands.ts'
import { decideTrip, evolveTrip } from '../../../shared/trip/decide.ts'
import { advised, amended, and, arrived, ask, boss, cancelled, chief, claimed, clerk, conceded, confirmed, departed, driver, form, given, heard, inspected, kindsOf, loaded, lotInspected, minute, noticed, onTrip, other, packed, picked, picker, placed, refusalOf, released, type Said, sales, type Scene, shipped, shipper, signedFor, upTo, without } from './mill.ts'

const settle = (exception: string) => ask('SettleException', { exception, decision: 'signed', note: '' }, boss)
const short = (id = '') => ask('ReportShort', { line: 1, quantity: 1, reason: 'other', note: '' }, picker, { id })

const unsafe = lotInspected({ defects: [['critical', 1]], disposition: 'hold' })
const UNSAFE = { ...unsafe, command: { ...unsafe.command, id: 'u' } }
/** What trips and products refuse is asked of them. */
const REFUSALS: { [kind in Exclude<RefusalType, 'trip-exists' | 'stock-lies'>]: [Scene, Said] } = {
  'no-order': [given(), confirmed()],
  'order-exists': [given(placed()), placed()],
  'not-placed': [given(placed(), picked()), ask('ChangeOrder', form(), sales)],
  'already-confirmed': [upTo('confirmed'), ask('ChangeOrder', form(), sales)],
  'already-cancelled': [given(placed(), cancelled()), cancelled()],
  'already-signed': [upTo('confirmed'), confirmed()],
  'not-signed': [given(placed()), ask('WithdrawGate', { gate: 'notice', reason: 'x' }, clerk)],
  'gate-shut': [given(placed()), noticed()],
  'gate-free': [given(placed({ customer: { id: '', name: '大安印刷', grade: 'A' } }), confirmed()), released()],
  'fields-lacking': [given(placed({ shipTo: '' })), confirmed()],
  'wrong-role': [given(placed()), ask('SignGate', { gate: 'confirmation', note: '' }, driver)],
  unsigned: [given(placed()), ask('SignGate', { gate: 'confirmation', note: '' }, clerk, { signed: false })],
  claimed: [upTo('claimed'), claimed(other)],
  'not-claimed': [upTo('noticed'), ask('ReleaseClaim', {}, picker)],
  'wrong-stage': [upTo('departed'), onTrip()],
  'already-shipped': [upTo('shipped'), cancelled()],
  'nothing-owed': [upTo('noticed'), ask('OverrideNotice', { reason: 'x' }, chief)],
  'no-exception': [given(placed()), settle('none')],
  'already-settled': [and(upTo('claimed'), short('s'), ask('SettleException', { exception: 's.short', decision: 'accept', note: '' }, boss)), settle('s.short')],
  'no-short': [upTo('claimed'), ask('TakeBackShort', { short: 's' }, picker)],
  'decision-empty': [and(upTo('claimed'), short('s')), ask('SettleException', { exception: 's.short', decision: 'substitute', note: '' }, boss)],
  'decision-unfit': [and(given(placed(), confirmed()), short('s')), settle('s.short')],
  'not-held': [upTo('inspected'), conceded('x')],
  'inspected-anew': [and(upTo('finished'), inspected('hold')), conceded('x')],
  'critical-found': [and(upTo('finished'), UNSAFE), conceded('u')],
  'not-shipped': [upTo('loaded'), advised()],
  'already-advised': [and(upTo('departed'), advised()), advised()],
  'not-on-trip': [upTo('loaded'), ask('TakeOffTrip', {}, shipper)],
}

const EXCEPTIONS: { [kind in ExceptionKind]: [Scene, Said] } = {
  'picked-after-cancel': [and(upTo('picked1')), cancelled()],
  'picked-too-much': [upTo('claimed'), picked(1, 11)],
  'picked-from-other-claim': [upTo('claimed'), picked(1, 1, other)],
  'picked-unconfirmed': [given(placed()), picked()],
  'picked-unknown-line': [upTo('claimed'), picked(9, 1)],
  'picked-late': [upTo('shipped'), picked(1, 1)],
  'put-back-differs': [upTo('picked1'), ask('PutBack', { pick: 'nobody', quantity: 1 }, picker)],
  'put-back-late': [and(upTo('claimed'), picked(1, 1, picker, 'p'), loaded()), ask('PutBack', { pick: 'p', quantity: 1 }, picker)],
  'unknown-line': [upTo('claimed'), ask('ReportShort', { line: 9, quantity: 1, reason: 'other', note: '' }, picker)],
  short: [upTo('claimed'), short()],
  'inspected-before-picked': [upTo('picked1'), inspected()],
  'inspection-failed': [upTo('finished'), inspected('fail')],
  'packed-uninspected': [upTo('finished'), packed()],
  'packed-more-than-picked': [upTo('inspected'), packed([[1, 11]])],
  'loaded-unpacked': [upTo('inspected'), loaded()],
  'loaded-twice': [upTo('loaded'), loaded()],
  'loaded-after-cancel': [and(upTo('packed'), cancelled()), loaded()],
  'packages-differ': [upTo('packed'), loaded(3)],
  'shipped-unreleased': [without(['released', 'noticed'], 'loaded'), shipped()],
  'shipped-without-notice': [without(['noticed'], 'loaded'), shipped()],
  'shipped-uninspected': [without(['inspected'], 'loaded'), shipped()],
  'shipped-after-cancel': [and(upTo('loaded'), cancelled()), shipped()],
  'shipped-twice': [upTo('shipped'), shipped()],
  'shipped-unread': [upTo('loaded'), shipped({ readBack: undefined })],
  'clause-differs': [upTo('loaded'), shipped({ readBack: heard({}, { shipTo: '後門' }) })],
  'left-unshipped': [upTo('loaded'), departed()],
  'receipt-differs': [upTo('arrived'), signedFor([{ line: 1, accepted: 9, damaged: 1 }])],
  'receipt-twice': [upTo('signedFor'), signedFor()],
  'receipt-unshipped': [upTo('packed'), signedFor()],
  'receipt-sums-differ': [upTo('arrived'), signedFor([{ line: 1, accepted: 9 }])],
  'receipt-unwritten': [upTo('arrived'), signedFor(undefined, { aspect: 1000, strokes: [] })],
  'receipt-after-cancel': [and(upTo('loaded'), cancelled(), shipped(), arrived()), signedFor()],
  'receipt-amended': [upTo('signedFor'), amended()],
  'amended-unsigned': [upTo('arrived'), amended()],
  'absent-late': [upTo('signedFor'), ask('ReportAbsent', { place: null, note: '', photos: [], againAt: null }, driver)],
  'return-differs': [upTo('signedFor'), ask('ReturnGoods', { goods: [{ line: 1, lot: 'R-1', quantity: 1, damaged: false }], note: '', photos: [] }, driver)],
  'put-away-differs': [upTo('signedFor'), ask('PutAway', { goods: 'nobody.0', quantity: 1, to: 'A-03-1' }, picker)],
  'cash-differs': [upTo('arrived'), ask('TakeCash', { expected: 2, taken: 1, reason: '' }, driver)],
  'arrival-late': [upTo('departed'), ask('ReportCheck', { check: null, place: '', arrivesAt: minute(9 * 1440), note: '回堵' }, driver)],
  problem: [upTo('departed'), ask('ReportProblem', { what: 'other', note: '', photos: [] }, driver)],
  unsigned: [upTo('loaded'), { ...shipped(), command: { ...shipped().command, signed: false } }],
}

describe('every kind is reached', () => {
  test.each(Object.entries(REFUSALS))('a request is refused with %s', (kind, [scene, said]) => {
    expect(refusalOf(scene, said).type).toBe(kind)
  })
  test('a trip is refused with trip-exists', () => {
    const trip = evolveTrip(null, { type: 'TripPlanned', site: 'north', form: { number: 'T', driver: 'd', driverName: 'd', vehicle: '', plannedAt: '', note: '' } }, 't1')
    const plan = { id: 'c', doc: 't1', type: 'PlanTrip' as const, at: '', signed: false, payload: trip }
    expect(decideTrip(trip, plan, shipper)).toEqual({ refuse: { type: 'trip-exists', number: 'T' } })
  })
  test.each(Object.entries(EXCEPTIONS))('%s is raised', (kind, [scene, said]) => {
    expect(kindsOf(scene, said)).toContain(kind)
  })
  test('no kind is forgotten', () => {
    expect(Object.keys(EXCEPTIONS).toSorted()).toEqual([...EXCEPTION_KINDS].toSorted())
  })
  test('only facts raise beside themselves, and only requests are refused', () => {
    for (const [, [, { command }]] of Object.entries(REFUSALS)) expect(isFact(command), command.type).toBe(false)
    for (const type of COMMAND_TYPES) expect(['request', 'fact']).toContain(COMMANDS[type].kind)
  })
})
