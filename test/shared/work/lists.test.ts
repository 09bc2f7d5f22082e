import { describe, expect, test } from 'vitest'
import type { Order } from '../../../shared/order/order.ts'
import { codesOf, listsOf, textOf, WORK_STEPS } from '../../../shared/work/lists.ts'
import { findsIn, folded } from '../../../shared/work/text.ts'
import { and, ask, cancelled, chief, given, money, noticed, orderIn, placed, released, type Scene, shipped, upTo, WAY, without } from '../order/mill.ts'

const named = (order: Order) => listsOf(order).map((entry) => entry.split('|')[0])
/** Without those of one grade, which say the same of fewer. */
const lists = (scene: Scene) => named(orderIn(scene)).filter((list) => !/\.[ABC]$/.test(list ?? ''))
const rankIn = (scene: Scene, list: string) => listsOf(orderIn(scene)).find((entry) => entry.startsWith(`${list}|`))?.slice(list.length + 1)

describe('the lists an order stands in', () => {
  test('the work of one step at a time, by promised date, in the rankings of the site, and by what rises', () => {
    const named = (scene: Scene) => listsOf(orderIn(scene), [['promised', 'received'], ['promised']]).map((entry) => entry.split('|')[0] ?? '')
    const steps = Object.keys(WAY).map((step) => [step, named(upTo(step as keyof typeof WAY)).filter((list) => WORK_STEPS.some((each) => list.startsWith(`${each}.`)))])
    expect(Object.fromEntries(steps)).toMatchObject({
      placed: ['confirm.promised', 'confirm.promised+received', 'confirm.rise'],
      claimed: ['pick.promised', 'pick.promised+received'],
      finished: ['inspect.promised', 'inspect.promised+received', 'inspect.rise'],
      inspected: ['pack.promised', 'pack.promised+received', 'pack.rise'],
      packed: ['load.promised', 'load.promised+received', 'load.rise'],
      loaded: ['ship.promised', 'ship.promised+received', 'ship.rise'],
      departed: ['deliver.promised', 'deliver.promised+received', 'deliver.rise'],
      signedFor: [],
    })
  })
  test('open until it is done, then closed; all the while among all', () => {
    expect(lists(upTo('arrived'))).toEqual(expect.arrayContaining(['all', 'open']))
    expect(lists(upTo('signedFor'))).toEqual(['all', 'closed', 'trip:t1'])
    expect(lists(and(given(placed()), cancelled()))).toEqual(['all', 'closed'])
  })
  test('of a gate only when it can be signed now', () => {
    const waiting = (scene: Scene) => lists(scene).filter((list) => list?.startsWith('wait.'))
    expect(waiting(upTo('placed'))).toEqual(['wait.confirmation'])
    expect(waiting(upTo('confirmed'))).toEqual(['wait.release'])
    expect(waiting(upTo('released'))).toEqual(['wait.notice'])
    expect(waiting(upTo('noticed'))).toEqual([])
  })
  test('what is owed after an override, until all of it is made up, even when the goods have arrived', () => {
    const scene = and(without(['released', 'noticed'], 'loaded'), ask('OverrideNotice', { reason: 'x' }, chief), shipped())
    expect(lists(scene)).toContain('owed')
    expect(rankIn(scene, 'owed')).toMatch(/^2026-11-24T05:10:00\.000Z SO-/)
    expect(lists(and(scene, noticed()))).toContain('owed')
    expect(lists(and(scene, released(), noticed()))).not.toContain('owed')
    expect(lists(and(scene, WAY.signedFor))).toContain('owed')
  })
  test('of its customer’s grade, the same as of all', () => {
    for (const list of ['all', 'open']) expect(rankIn(upTo('picked1'), `${list}.B`)).toBe(rankIn(upTo('picked1'), list))
    expect(named(orderIn(upTo('signedFor')))).toContain('closed.B')
    expect(named(orderIn(upTo('signedFor')))).not.toContain('open.B')
  })
  test('stuck when nobody can go on before somebody signs or decides', () => {
    expect(lists(without(['released', 'noticed'], 'loaded'))).toContain('stuck')
    expect(lists(upTo('loaded'))).not.toContain('stuck')
  })
  test('whose picking it is, only while it is picked', () => {
    expect(lists(upTo('picked1'))).toContain('claimed:picker')
    expect(lists(upTo('finished'))).not.toContain('claimed:picker')
  })
  test('unplanned until it is on a trip; a trip by its stops', () => {
    expect(lists(upTo('loaded'))).toContain('unplanned')
    expect(lists(upTo('onTrip'))).not.toContain('unplanned')
    expect(rankIn(upTo('onTrip'), 'trip:t1')).toBe('0001 SO-2611-0417')
  })
  test('exceptions by the oldest that is open, even of an order that is closed', () => {
    const scene = and(upTo('picked1'), cancelled())
    expect(lists(scene)).toEqual(['all', 'closed', 'exceptions'])
    expect(lists(and(scene, ask('SettleException', { exception: orderIn(scene).exceptions[0]?.id ?? '', decision: 'put-back', note: '' }, { ...money, roles: ['supervisor'] })))).toEqual(['all', 'closed'])
  })
})

describe('the words by which it is found', () => {
  const finds = (change: Parameters<typeof placed>[0], typed: string) => findsIn(textOf(orderIn(given(placed(change)))), folded(typed))

  test('its number, and any part of it, whole-width or not, large or small', () => {
    for (const typed of ['SO-2611-0417', 'so-2611', '0417', '２６１１', 'ｓｏ']) expect(finds({}, typed), typed).toBe(true)
    expect(finds({}, '417')).toBe(false)
  })
  test('any tail of a Chinese name, of one character or more', () => {
    for (const typed of ['立德包裝', '包裝', '裝', '德包']) expect(finds({}, typed), typed).toBe(true)
    expect(finds({}, '裝包')).toBe(false)
  })
  test('𠮷 is one character, found whole and never cut in half', () => {
    const name = { customer: { id: '', name: '江𠮷安紙行', grade: 'A' as const } }
    for (const typed of ['江𠮷', '𠮷安', '𠮷']) expect(finds(name, typed), typed).toBe(true)
    const long = { customer: { id: '', name: `${'紙'.repeat(23)}𠮷安`, grade: 'A' as const } }
    expect(finds(long, `${'紙'.repeat(23)}𠮷`)).toBe(true)
  })
  test('Latin after Han is found too: what is printed together is typed apart', () => {
    expect(finds({ customer: { id: '', name: '立德B2B部門', grade: 'A' } }, 'b2b')).toBe(true)
  })
  test('full-width letters and compatibility forms fold to what a keyboard types', () => {
    expect(folded('ＡＢＣ１２３')).toBe('abc123')
    expect(folded('㎏')).toBe('kg')
    expect(finds({ customer: { id: 'Ｃ-０１', name: 'Ｌｉｎ　Ｐａｐｅｒ', grade: 'A' } }, 'paper')).toBe(true)
  })
  test('lots and the delivery order once there are any', () => {
    const text = textOf(orderIn(upTo('shipped')))
    for (const typed of ['r-1', 'do-2611-03-0007', '11-24-01']) expect(findsIn(text, typed), typed).toBe(true)
    const words = text.split(' ')
    expect(new Set(words).size).toBe(words.length)
  })
})

test('the codes by which a scan finds it: of an order its lots, of a product all that is printed on it', () => {
  expect(codesOf(orderIn(given(placed())))).toEqual(['so-2611-0417'])
  expect(codesOf(orderIn(upTo('shipped')))).toEqual(['so-2611-0417', 'do-2611-03-0007', 'r-1', 'r-2'])
  const lot = { lot: 'R-26 114Ｚ', location: 'A-01-1', quantity: 1, grams: 0, receivedOn: '2026-11-01' }
  expect(codesOf({ kind: 'product', version: 1, id: 'p', site: 'north', sku: 'BX-200', name: '牛皮紙', spec: '', unit: 'roll', grams: 0, barcode: '', stock: [lot, lot] })).toEqual(['bx-200', 'r-26114z', '@a-01-1'])
})
