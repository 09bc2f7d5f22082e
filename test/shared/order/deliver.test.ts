import { describe, expect, test } from 'vitest'
import { absenceOf, undelivered } from '../../../shared/order/again.ts'
import { dueBack, returnable, toPutAway } from '../../../shared/order/back.ts'
import { outcomesOf } from '../../../shared/order/deliver.ts'
import { stageOf } from '../../../shared/order/stage.ts'
import { promiseOf, waitsOf } from '../../../shared/order/waits.ts'
import { listsOf } from '../../../shared/work/lists.ts'
import { amended, and, arrived, ask, boss, cancelled, clerk, departed, driver, given, INK, minute, kindsOf, onTrip, orderIn, other, picked, picker, placed, raisedBy, refusalOf, type Scene, shipped, shipper, signedFor, typesOf, upTo } from './mill.ts'

describe('on the way', () => {
  test('what left unshipped is raised once, by departure or by arrival', () => {
    expect(raisedBy(upTo('loaded'), departed())).toMatchObject([{ kind: 'left-unshipped', goods: [{ line: 1 }, { line: 2 }] }])
    expect(kindsOf(upTo('loaded'), arrived())).toEqual(['left-unshipped'])
    expect(kindsOf(and(upTo('loaded'), departed()), arrived())).toEqual([])
    expect(kindsOf(upTo('shipped'), departed())).toEqual([])
  })
  test('a problem asks to call the driver', () => {
    expect(raisedBy(upTo('departed'), ask('ReportProblem', { what: 'delay', note: '塞車', photos: [] }, driver))).toEqual([{ kind: 'problem', goods: [], note: 'delay: 塞車' }])
  })
  test('cancelled while the driver was out of reach: all that the driver did is kept, and raised', () => {
    const scene = and(upTo('loaded'), cancelled(), shipped(), departed(), arrived())
    expect(stageOf(orderIn(scene))).toBe('arrived')
    expect(orderIn(scene).exceptions.map(({ kind }) => kind)).toEqual(['picked-after-cancel', 'shipped-after-cancel'])
    expect(kindsOf(scene, signedFor())).toEqual(['receipt-after-cancel'])
    expect(stageOf(orderIn(and(scene, signedFor())))).toBe('delivered')
  })
})

describe('the receipt', () => {
  test('that accepts all that was shipped raises nothing', () => {
    expect(kindsOf(upTo('arrived'), signedFor())).toEqual([])
    expect(orderIn(upTo('signedFor')).receipt).toMatchObject({ receiver: { name: '謝佳蓉' }, ink: { strokes: [[[100, 200, 0, 500], [], []].map(() => expect.anything())] } })
  })
  test('names what was short, damaged or refused', () => {
    expect(raisedBy(upTo('arrived'), signedFor([{ line: 1, accepted: 7, short: 1, damaged: 1, refused: 1, reason: '端面壓痕' }, { line: 2, accepted: 2_500_000 }]))).toEqual([
      { kind: 'receipt-differs', goods: [{ line: 1, quantity: 3, lot: '', from: '' }], note: '端面壓痕' },
    ])
  })
  test('must add up to what was shipped, line by line', () => {
    const sums = (lines: Parameters<typeof signedFor>[0]) => raisedBy(upTo('arrived'), signedFor(lines)).map(({ kind, goods }) => [kind, goods.map(({ line, quantity }) => [line, quantity])])
    expect(sums([{ line: 1, accepted: 9 }, { line: 2, accepted: 2_500_000 }])).toEqual([['receipt-sums-differ', [[1, 1]]]])
    expect(sums([{ line: 1, accepted: 11 }, { line: 2, accepted: 2_499_999 }])).toEqual([['receipt-sums-differ', [[1, 1], [2, 1]]]])
    // a line that is missing, one that is there twice, one that nobody shipped
    expect(sums([{ line: 1, accepted: 10 }])).toEqual([['receipt-sums-differ', [[2, 2_500_000]]]])
    expect(sums([{ line: 1, accepted: 5 }, { line: 1, accepted: 5 }, { line: 2, accepted: 2_500_000 }])).toEqual([])
    expect(sums([{ line: 1, accepted: 10 }, { line: 2, accepted: 2_500_000 }, { line: 3, accepted: 1 }])).toEqual([['receipt-sums-differ', [[3, 1]]]])
  })
  test('of a short order adds up to what was shipped, not to what was ordered', () => {
    const scene = and(upTo('claimed'), picked(1, 6), shipped())
    expect(kindsOf(scene, signedFor([{ line: 1, accepted: 6 }]))).toEqual([])
  })
  test('stays right when goods come back afterwards', () => {
    const scene = and(upTo('claimed'), picked(1, 10, picker, 'p1'), shipped(), ask('PutBack', { pick: 'p1', quantity: 3 }, picker))
    expect(kindsOf(scene, signedFor([{ line: 1, accepted: 10 }]))).toEqual([])
  })
  test('without ink is kept, and the signature is owed', () => {
    expect(kindsOf(upTo('arrived'), signedFor(undefined, { aspect: 2000, strokes: [] }))).toEqual(['receipt-unwritten'])
    expect(kindsOf(upTo('arrived'), signedFor(undefined, { aspect: 2000, strokes: [[[500, 500, 0, 500]]] }))).toEqual(['receipt-unwritten'])
  })
  test('a second one is kept in the log, and the first stands', () => {
    const second = signedFor([{ line: 1, accepted: 9, refused: 1 }, { line: 2, accepted: 2_500_000 }])
    expect(kindsOf(upTo('signedFor'), second)).toEqual(['receipt-twice', 'receipt-differs'])
    expect(orderIn(and(upTo('signedFor'), second)).receipt?.lines[0]).toMatchObject({ accepted: 10 })
  })
  test('of goods that were never shipped is raised', () => {
    expect(kindsOf(given(placed()), signedFor([{ line: 1, accepted: 1 }]))).toEqual(['receipt-unshipped', 'receipt-sums-differ'])
  })
})

test('cash that differs from what was expected is to be collected', () => {
  const cash = (taken: number) => ask('TakeCash', { expected: 18_640, taken, reason: '零錢不足' }, driver)
  expect(kindsOf(upTo('signedFor'), cash(18_640))).toEqual([])
  expect(raisedBy(upTo('signedFor'), cash(18_000))).toEqual([{ kind: 'cash-differs', goods: [], note: '零錢不足' }])
  // Two tabs, two taps: the same money twice would look paid.
  expect(kindsOf(and(upTo('signedFor'), cash(18_640)), cash(18_640))).toEqual(['cash-differs'])
})

describe('cash', () => {
  const cash = (money: { expected: number; taken: number; handed?: number; change?: number }) => ask('TakeCash', { reason: '', ...money }, driver)
  test('that was handed over and given back adds up to what was taken', () => {
    expect(kindsOf(upTo('signedFor'), cash({ expected: 18_640, taken: 18_640, handed: 20_000, change: 1_360 }))).toEqual([])
    expect(orderIn(and(upTo('signedFor'), cash({ expected: 18_640, taken: 18_640, handed: 20_000, change: 1_360 }))).cash).toMatchObject([{ handed: 20_000, change: 1_360 }])
  })
  test('of which too little or too much was given back is looked at', () => {
    expect(kindsOf(upTo('signedFor'), cash({ expected: 18_640, taken: 18_640, handed: 20_000, change: 1_300 }))).toEqual(['cash-differs'])
    expect(kindsOf(upTo('signedFor'), cash({ expected: 18_640, taken: 18_700, handed: 20_000, change: 1_300 }))).toEqual(['cash-differs'])
  })
})

describe('the stops of a trip', () => {
  const to = (stop: number, by = driver, trip = 't1') => ask('MoveStop', { trip, stop }, by)
  test('are moved by the driver while the vehicle is on its way, and by who plans', () => {
    expect(orderIn(and(upTo('departed'), to(4))).trip).toMatchObject({ id: 't1', driver: 'driver', stop: 4 })
    expect(orderIn(and(upTo('arrived'), to(2, boss))).trip?.stop).toBe(2)
    expect(typesOf(upTo('departed'), to(1))).toEqual([])
  })
  test('are not those of another trip, nor of another driver', () => {
    expect(refusalOf(upTo('departed'), to(4, driver, 't2'))).toEqual({ type: 'not-on-trip' })
    expect(refusalOf(upTo('departed'), to(4, { ...driver, person: 'kuo', name: 'kuo' }))).toEqual({ type: 'not-on-trip' })
    expect(refusalOf(upTo('departed'), to(4, picker))).toMatchObject({ type: 'wrong-role' })
  })
  test('stay where they are once they are signed for', () => {
    expect(refusalOf(upTo('signedFor'), to(4))).toMatchObject({ type: 'wrong-stage', stage: 'delivered' })
  })
})

describe('a signed receipt', () => {
  test('is never changed: what was wrong stands beside it, and the customer is asked', () => {
    const scene = and(upTo('signedFor'), amended())
    expect(orderIn(scene).receipt).toEqual(orderIn(upTo('signedFor')).receipt)
    expect(orderIn(scene).amendments).toMatchObject([{ name: 'clerk', reason: '拆箱後才看到', lines: [{ line: 1, accepted: 9, damaged: 1 }] }])
    expect(raisedBy(upTo('signedFor'), amended())).toEqual([{ kind: 'receipt-amended', goods: [{ line: 1, quantity: 1, lot: '', from: '' }], note: '拆箱後才看到' }])
    expect(outcomesOf(orderIn(scene)).map(({ line, accepted }) => [line, accepted])).toEqual([[1, 9], [2, 2_500_000]])
  })
  test('is put right without a question where the customer signs for it', () => {
    expect(kindsOf(upTo('signedFor'), amended(undefined, INK))).toEqual([])
    expect(kindsOf(upTo('signedFor'), amended([{ line: 1, accepted: 9 }], INK))).toEqual(['receipt-sums-differ'])
  })
  test('says what the last amendment of a line says', () => {
    const scene = and(upTo('signedFor'), amended(), amended([{ line: 1, accepted: 8, refused: 2 }]))
    expect(outcomesOf(orderIn(scene))[0]).toMatchObject({ accepted: 8, refused: 2 })
    expect(dueBack(orderIn(scene))).toMatchObject([{ line: 1, quantity: 2, lot: 'R-1', from: 'A-03-1' }])
  })
})

describe('a customer who is not there', () => {
  const away = (againAt: string | null = null) => ask('ReportAbsent', { place: null, note: '鐵門關著', photos: [], againAt }, driver)
  test('keeps service waiting for a time, and the order can be delivered later', () => {
    const order = orderIn(and(upTo('arrived'), away(minute(90))))
    expect(stageOf(order)).toBe('underway')
    expect(waitsOf(order, minute(30))[0]).toMatchObject({ type: 'absent', roles: ['service', 'service-supervisor', 'supervisor'], againAt: minute(90) })
    expect(promiseOf({ ...order, promisedAt: minute(100_000) }, minute(30))).toMatchObject({ state: 'at-risk' })
    expect(listsOf(order)).toContain(`absent|${minute(90)} ${order.number}`)
    const later = orderIn(and(upTo('arrived'), away(), arrived(), signedFor()))
    expect(stageOf(later)).toBe('delivered')
    expect(waitsOf(later, minute(60))).toEqual([])
  })
  const untaken = (after: 'stay' | 'back', why: 'absent' | 'refused' = 'absent') => ask('ReportAbsent', { place: null, note: '', photos: [], againAt: null, after, why }, driver)
  const home = (scene: Scene) => ask('ReturnGoods', { goods: returnable(orderIn(scene)).map(({ line, lot, quantity, damaged }) => ({ line, lot, quantity, damaged })), note: '', photos: [] }, driver)
  test('keeps the goods on the vehicle: nothing is expected in the house', () => {
    const order = orderIn(and(upTo('arrived'), untaken('stay')))
    expect(undelivered(order)).toMatchObject({ goods: 'aboard', refused: false })
    expect([dueBack(order), listsOf(order).filter((entry) => entry.startsWith('back|'))]).toEqual([[], []])
  })
  test('sends all of it back: the house expects it at once, until it is handed in and put away', () => {
    const scene = and(upTo('arrived'), untaken('back', 'refused'))
    const order = orderIn(scene)
    const { at } = order.absences?.[0] ?? { at: '' }
    expect(undelivered(order)).toEqual({ goods: 'returning', since: at, againAt: null, refused: true })
    expect(dueBack(order).map(({ line, quantity }) => [line, quantity])).toEqual([[1, 10], [2, 2_500_000]])
    expect(waitsOf(order, minute(60)).map(({ type, since }) => [type, since])).toEqual([['absent', at], ['step', expect.any(String)], ['back', at], ['advice', expect.any(String)]])
    expect(listsOf(order)).toEqual(expect.arrayContaining([`back|${at} ${order.number}`, `absent|${at} ${order.number}`]))

    const back = and(scene, home(scene))
    const came = orderIn(back)
    expect([dueBack(came), absenceOf(came), undelivered(came)?.goods, undelivered(came)?.since]).toEqual([[], null, 'home', came.returns?.[0]?.at])
    expect(waitsOf(came, minute(60)).map(({ type }) => type)).toEqual(['absent', 'step', 'put-away', 'advice'])
    expect(promiseOf({ ...came, promisedAt: minute(100_000) }, minute(30)).state).toBe('at-risk')
    const [first, second] = toPutAway(came)
    const away = and(back, ask('PutAway', { goods: first?.id ?? '', quantity: 10, to: 'A-03-1' }, picker), ask('PutAway', { goods: second?.id ?? '', quantity: 2_500_000, to: 'A-03-1' }, picker))
    expect([stageOf(orderIn(away)), undelivered(orderIn(away))?.goods]).toEqual(['picking', 'home'])
    // Planned for another trip, it waits for nobody to do so.
    expect(undelivered(orderIn(and(away, onTrip())))).toBeNull()
    expect(undelivered(orderIn(and(back, onTrip(), departed())))).toBeNull()
  })
  test('counts as the driver said last, and no more once somebody has come again', () => {
    expect(undelivered(orderIn(and(upTo('arrived'), untaken('back'), untaken('stay'))))?.goods).toBe('aboard')
    expect(dueBack(orderIn(and(upTo('arrived'), untaken('back'), arrived())))).toEqual([])
    expect(undelivered(orderIn(and(upTo('arrived'), untaken('back'), arrived(), signedFor())))).toBeNull()
  })
  test('who is there at the second attempt is waited for no longer', () => {
    const order = orderIn(and(upTo('arrived'), away(), arrived()))
    expect([stageOf(order), waitsOf(order, minute(30)).map(({ type }) => type)]).toEqual(['arrived', ['step']])
  })
})

describe('goods that come back', () => {
  const refused = () => and(upTo('arrived'), signedFor([{ line: 1, accepted: 7, refused: 2, damaged: 1, reason: '規格不符' }, { line: 2, accepted: 2_500_000 }]))
  const back = (quantity = 2, id = 'b', damaged = false, by = driver) => ask('ReturnGoods', { goods: [{ line: 1, lot: 'R-1', quantity, damaged }], note: '', photos: [] }, by, { id })
  const away = (quantity = 2, to = 'A-03-1', goods = 'b.0') => ask('PutAway', { goods, quantity, to }, picker)
  test('are due when they were refused; what is damaged may come along', () => {
    const order = orderIn(refused())
    expect(dueBack(order)).toMatchObject([{ line: 1, lot: 'R-1', quantity: 2, from: 'A-03-1' }])
    expect(returnable(order).map(({ quantity, due, damaged }) => [quantity, due, damaged])).toEqual([[2, true, false], [1, false, true]])
    expect(waitsOf(order, minute(60)).map(({ type }) => type)).toContain('back')
    expect(listsOf(order).some((entry) => entry.startsWith('back|'))).toBe(true)
  })
  test('are to be put away where they came from, and then nothing waits any more', () => {
    const came = orderIn(and(refused(), back()))
    expect(toPutAway(came)).toMatchObject([{ id: 'b.0', lot: 'R-1', from: 'A-03-1', quantity: 2, away: 0 }])
    expect(waitsOf(came, minute(60)).map(({ type }) => type)).toEqual(['put-away', 'exception'])
    expect(listsOf(came).filter((entry) => /^(back|put-away)[|]/.test(entry))).toEqual([`put-away|${came.returns?.[0]?.at} ${came.number}`])
    const half = orderIn(and(refused(), back(), away(1)))
    expect(toPutAway(half)).toMatchObject([{ away: 1 }])
    const done = and(refused(), back(), away(1), away(1))
    expect([toPutAway(orderIn(done)), stageOf(orderIn(done))]).toEqual([[], 'delivered'])
    expect(done.events.at(-1)).toMatchObject({ type: 'GoodsPutAway', line: 1, lot: 'R-1', quantity: 1, to: 'A-03-1' })
  })
  test('of which more comes, or more is put away, than there is are looked at', () => {
    expect(raisedBy(refused(), back(5))).toMatchObject([{ kind: 'return-differs', goods: [{ line: 1, quantity: 2 }] }])
    expect(raisedBy(and(refused(), back()), away(3))).toMatchObject([{ kind: 'put-away-differs', goods: [{ line: 1, quantity: 1 }] }])
    expect(kindsOf(and(refused(), back(3)), back(1, 'again'))).toEqual(['return-differs'])
  })
  test('undelivered are in the house again, on no trip, and leave on another as if nothing had been', () => {
    const whole = ask('ReturnGoods', { goods: returnable(orderIn(upTo('departed'))).map(({ line, lot, quantity, damaged }) => ({ line, lot, quantity, damaged })), note: '', photos: [] }, driver)
    const home = and(upTo('departed'), whole)
    expect(kindsOf(upTo('departed'), whole)).toEqual([])
    expect([stageOf(orderIn(home)), orderIn(home).trip, toPutAway(orderIn(home)).map(({ line }) => line)]).toEqual(['shipped', null, [1, 2]])
    expect(returnable(orderIn(home))).toEqual([])
    const again = orderIn(and(home, onTrip(), departed()))
    expect([stageOf(again), toPutAway(again)]).toEqual(['underway', []])
    expect(returnable(again).map(({ line, quantity }) => [line, quantity])).toEqual([[1, 10], [2, 2_500_000]])
  })
  test('are taken in by the warehouse as well', () => {
    expect(typesOf(refused(), back(2, 'b', false, other))).toEqual(['GoodsReturned'])
    expect(typesOf(refused(), back(2, 'b', false, shipper))).toEqual(['GoodsReturned'])
    expect(typesOf(upTo('signedFor'), amended([], INK))).toEqual(['ReceiptAmended'])
    expect(typesOf(upTo('signedFor'), { ...amended([], INK), actor: clerk })).toEqual(['ReceiptAmended'])
  })
})
