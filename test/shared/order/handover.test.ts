import { describe, expect, test } from 'vitest'
import { owedBy } from '../../../shared/order/handover.ts'
import { listsOf } from '../../../shared/work/lists.ts'
import { and, ask, boss, cancelled, claimed, confirmed, finished, given, kindsOf, orderIn, other, packed, picked, picker, placed, refusalOf, type Scene, typesOf, upTo } from './mill.ts'

const takeOver = (id = 't1') => ask('TakeOverClaim', {}, boss, { id })
const handOver = (takeover: string, picks: string[]) => ask('HandOver', { takeover, picks }, picker)
const begun = () => and(upTo('claimed'), picked(1, 4, picker, 'p1'), picked(2, 500_000, picker, 'p2'))
const owed = (scene: Scene, person = 'picker') => owedBy(orderIn(scene), person)
const listed = (scene: Scene) => listsOf(orderIn(scene)).filter((list) => list.startsWith('owing:')).map((list) => list.split('|')[0])

describe('a picking that a supervisor takes over', () => {
  test('is theirs, with the PIN, and what was picked stays picked', () => {
    const order = orderIn(and(begun(), takeOver()))
    expect(order.claim).toMatchObject({ by: 'boss' })
    expect(order.picks.map((pick) => [pick.by, pick.quantity, pick.back])).toEqual([['picker', 4, 0], ['picker', 500_000, 0]])
    expect(refusalOf(begun(), ask('TakeOverClaim', {}, boss, { signed: false }))).toEqual({ type: 'unsigned' })
    expect(refusalOf(begun(), ask('TakeOverClaim', {}, other))).toMatchObject({ type: 'wrong-role' })
  })
  test('goes to whoever they name, and is asked of whoever had it', () => {
    const scene = and(begun(), ask('TakeOverClaim', { to: { by: 'other', name: '江𠮷安' } }, boss, { id: 't1' }))
    expect(orderIn(scene).claim).toMatchObject({ by: 'other', name: '江𠮷安', command: 't1' })
    expect(orderIn(scene).takeovers).toMatchObject([{ by: 'boss', from: { by: 'picker' } }])
    expect(owed(scene)).toMatchObject({ to: { by: 'other' }, takeover: { command: 't1' }, picks: [{ command: 'p1' }, { command: 'p2' }] })
    expect(owed(scene, 'boss')).toBeNull()
    expect(typesOf(scene, ask('TakeOverClaim', { to: { by: 'other', name: '江𠮷安' } }, boss))).toEqual([])
  })
  test('is nobody’s to take when nobody has it, when it is picked, or when it was cancelled', () => {
    expect(refusalOf(upTo('noticed'), takeOver())).toEqual({ type: 'not-claimed' })
    expect(refusalOf(upTo('finished'), takeOver())).toMatchObject({ type: 'wrong-stage', stage: 'picked' })
    expect(refusalOf(and(begun(), cancelled()), takeOver())).toMatchObject({ type: 'already-cancelled' })
  })
  test('asks whoever had it for the goods, by lot and place, until they are handed over or back', () => {
    const scene = and(begun(), takeOver())
    expect(owed(scene)).toMatchObject({ to: { by: 'boss' }, takeover: { command: 't1' }, picks: [{ command: 'p1', from: 'A-03-1', lot: 'R-1' }, { command: 'p2' }] })
    expect(listed(scene)).toEqual(['owing:picker'])
    expect(owed(and(scene, ask('PutBack', { pick: 'p1', quantity: 4 }, picker)))?.picks.map((pick) => pick.command)).toEqual(['p2'])
    const handed = and(scene, handOver('t1', ['p1', 'p2']))
    expect(owed(handed)).toBeNull()
    expect(listed(handed)).toEqual([])
    expect(typesOf(scene, handOver('t1', ['p1', 'p2']))).toEqual(['GoodsHandedOver'])
  })
  test('tells whoever had it even where nothing was picked', () => {
    const scene = and(upTo('claimed'), takeOver())
    expect(owed(scene)).toMatchObject({ takeover: { command: 't1' }, picks: [] })
    expect(owed(and(scene, handOver('t1', [])))).toBeNull()
  })
  test('asks of nobody what is packed or cancelled', () => {
    expect(owed(and(begun(), takeOver(), finished(), packed()))).toBeNull()
    expect(owed(and(begun(), takeOver(), cancelled()))).toBeNull()
  })
})

describe('two who picked out of reach', () => {
  test('the one who was second hands over what lies with them', () => {
    const scene = and(given(placed(), confirmed()), claimed(other), picked(1, 3, picker, 'p1'))
    expect(kindsOf(and(given(placed(), confirmed()), claimed(other)), picked(1, 3, picker, 'p1'))).toEqual(['picked-from-other-claim'])
    expect(owed(scene)).toMatchObject({ to: { by: 'other' }, takeover: null, picks: [{ command: 'p1' }] })
    expect(owed(and(scene, handOver('', ['p1'])))).toBeNull()
  })
})
