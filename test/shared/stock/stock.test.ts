/** What lies where, whatever is said of it and in whatever order it is heard. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor } from '../../../shared/people/role.ts'
import type { Product } from '../../../shared/product/product.ts'
import type { StockEvent } from '../../../shared/stock/events.ts'
import { entryAt, evolveStock } from '../../../shared/stock/evolve.ts'
import { codesOf, listsOf } from '../../../shared/work/lists.ts'
import { walkOf } from '../../../shared/work/walk.ts'
import { claimed, LIN, line } from '../work/picking.ts'
import { ask, BOSS, card, counted, lies, move, receive, type Said, settle, told } from './shelf.ts'

describe('goods', () => {
  test('that come in begin their product where nobody had put it down, and lie where they were put', () => {
    const product = told(null, receive('R-1', 'A-01-1'), receive('R-2', 'A-01-2'))
    expect(product).toMatchObject({ kind: 'product', site: 'mill', sku: 'BX', unit: 'roll', version: 2 })
    expect(lies(product)).toEqual({ 'A-01-1 R-1': 1, 'A-01-2 R-2': 1 })
  })
  test('that move keep their day and their weight, and leave nothing behind', () => {
    const product = told(null, receive('R-1', 'A-01-1'), move('R-1', 'A-01-1', 'B-02-3'))
    expect(product.stock).toEqual([{ location: 'B-02-3', lot: 'R-1', quantity: 1, grams: 412_000, receivedOn: '2026-11-24' }])
  })
  test('that quality holds are held where they lie, until somebody frees them there', () => {
    const first = receive('R-1', 'A-01-1')
    if (first.type !== 'ReceiveGoods') return
    const held = told(null, { ...first, payload: { ...first.payload, held: true } })
    expect(held.stock[0]?.held).toBe(true)
    expect(told(held, move('R-1', 'A-01-1', 'A-01-1')).stock).toEqual([{ location: 'A-01-1', lot: 'R-1', quantity: 1, grams: 412_000, receivedOn: '2026-11-24' }])
  })
})

describe('what is held', () => {
  const first = receive('R-1', 'A-01-1')
  const held = first.type === 'ReceiveGoods' ? told(null, { ...first, payload: { ...first.payload, held: true, supplierLot: 'S-9', expires: '2027-01-31' } }) : null
  const QUALITY: Actor = { ...LIN, roles: ['quality'] }
  const WAREHOUSE: Actor = { ...LIN, roles: ['warehouse'] }
  const release: Said = { type: 'ReleaseStock', payload: { location: 'A-01-1', lot: 'R-1', reason: '檢驗合格' } }
  test('is offered to no picker until quality releases it, with a reason and a signature', () => {
    const order = claimed(line(1, 'BX', 1, 'roll'))
    const offered = (product: Product | null) => walkOf(order, new Map(product ? [['BX', product]] : [])).flatMap(({ sources }) => sources.map(({ lot }) => lot))
    expect(offered(held)).toEqual([])
    expect(ask(held, release, WAREHOUSE)).toEqual({ refuse: { type: 'wrong-role', roles: ['quality', 'supervisor'] } })
    expect(ask(held, { ...release, signed: false }, QUALITY)).toEqual({ refuse: { type: 'unsigned' } })
    const answer = ask(held, release, QUALITY)
    const free = held && 'accept' in answer ? answer.accept.reduce((state, event) => evolveStock(state, event, 'p'), held) : null
    expect(offered(free)).toEqual(['R-1'])
    expect(ask(free, release, QUALITY)).toEqual({ refuse: { type: 'not-held' } })
  })
  test('stays held where somebody says otherwise who may not, and wherever it goes', () => {
    const stays = ask(held, move('R-1', 'A-01-1', 'A-01-1'), WAREHOUSE)
    expect(stays).toMatchObject({ accept: [{ type: 'StockMoved', held: true }] })
    expect(ask(held, move('R-1', 'A-01-1', 'A-01-1'), QUALITY)).toMatchObject({ accept: [{ held: false }] })
  })
  test('stands in a list by since when', () => expect(held && listsOf(held)).toContain('held|2026-11-24 BX'))
  test('keeps its supplier’s lot and its expiry, by which it is found', () => {
    expect(held?.stock[0]).toMatchObject({ lot: 'R-1', supplierLot: 'S-9', expires: '2027-01-31' })
    expect(held && codesOf(held)).toContain('s-9')
  })
})

describe('less than nothing', () => {
  test('is recorded, asked about once, and no question any more when the goods turn up', () => {
    const below = told(null, receive('R-1', 'A-01-1'), move('R-9', 'C-01-1', 'A-01-2', 2), move('R-9', 'C-01-1', 'A-01-2'))
    expect(lies(below)).toEqual({ 'A-01-1 R-1': 1, 'C-01-1 R-9': -3, 'A-01-2 R-9': 3 })
    expect(below.questions).toMatchObject([{ kind: 'negative', location: 'C-01-1', lot: 'R-9', name: '林淑惠' }])
    expect(told(below, receive('R-9', 'C-01-1', 3))).not.toHaveProperty('questions')
  })
  test('ends when the supervisor says that nothing lies there', () => {
    const below = told(null, receive('R-1', 'A-01-1'), move('R-9', 'C-01-1', 'A-01-2', 2))
    const settled = told(below, settle(below.questions?.[0]?.id, 'accept'))
    expect(lies(settled)).toEqual({ 'A-01-1 R-1': 1, 'A-01-2 R-9': 2 })
    expect(settled).not.toHaveProperty('questions')
  })
})

describe('a product’s card', () => {
  const shelf = told(null, receive('R-1', 'A-01-1'))
  const correct = (payload: Extract<Said, { type: 'CorrectProduct' }>['payload']): Said => ({ type: 'CorrectProduct', payload })
  test('is put right by a supervisor who signs; what is as it was is no correction', () => {
    expect(ask(shelf, correct({ name: '雙銅紙 B' }), { ...LIN, roles: ['warehouse'] })).toEqual({ refuse: { type: 'wrong-role', roles: ['supervisor'] } })
    expect(ask(shelf, { ...correct({ name: '雙銅紙 B' }), signed: false }, BOSS)).toEqual({ refuse: { type: 'unsigned' } })
    expect(ask(shelf, correct({ name: card.name, barcode: '' }), BOSS)).toEqual({ accept: [] })
    const right = told(shelf, correct({ name: '雙銅紙 B', barcode: '4710001000010' }))
    expect(right).toMatchObject({ sku: 'BX', name: '雙銅紙 B', barcode: '4710001000010', unit: 'roll', grams: 412_000 })
    expect(codesOf(right)).toContain('4710001000010')
    expect(right.stock).toEqual(shelf.stock)
  })
  test('two who correct different things both do', () => {
    const [name, grams] = [correct({ name: '雙銅紙 B' }), correct({ grams: 400_000 })]
    expect(told(shelf, name, grams)).toMatchObject({ name: '雙銅紙 B', grams: 400_000 })
    expect({ ...told(shelf, grams, name), version: 0 }).toEqual({ ...told(shelf, name, grams), version: 0 })
  })
  test('keeps its unit while something of it lies somewhere, or less than nothing', () => {
    expect(ask(shelf, correct({ unit: 'kg' }), BOSS)).toEqual({ refuse: { type: 'stock-lies', places: 1 } })
    expect(told(shelf, correct({ unit: 'roll' })).unit).toBe('roll')
    const empty = told(shelf, counted('R-1', 'A-01-1', 1, 0))
    const byWeight = told(empty, correct({ unit: 'kg', grams: 0 }))
    expect(byWeight).toMatchObject({ unit: 'kg', grams: 0, stock: [] })
    // What somebody who had not heard of it receives counts in the unit of now.
    expect(lies(told(byWeight, receive('R-2', 'A-01-2')))).toEqual({ 'A-01-2 R-2': 412_000 })
  })
})

describe('a count', () => {
  const five = told(null, receive('L-1', 'A-01-1', 5))
  test('that is right asks nothing', () => expect(told(five, counted('L-1', 'A-01-1', 5, 5))).not.toHaveProperty('questions'))
  test('that differs is what lies there, and a question until somebody answers it', () => {
    const less = told(five, counted('L-1', 'A-01-1', 5, 3))
    expect(lies(less)).toEqual({ 'A-01-1 L-1': 3 })
    expect(less.questions).toMatchObject([{ kind: 'count-differs', expected: 5, counted: 3, difference: -2, late: 0 }])
    expect(lies(told(less, settle(less.questions?.[0]?.id, 'accept')))).toEqual({ 'A-01-1 L-1': 3 })
  })
  test('that is out by what scales are out by asks nobody; by a roll it asks', () => {
    const tonnes = told(null, receive('L-1', 'A-01-1', 1000))
    expect(told(tonnes, counted('L-1', 'A-01-1', 1000, 995))).toMatchObject({ stock: [{ quantity: 995 }] })
    expect(told(tonnes, counted('L-1', 'A-01-1', 1000, 995))).not.toHaveProperty('questions')
    expect(told(tonnes, counted('L-1', 'A-01-1', 1000, 994)).questions).toMatchObject([{ difference: -6 }])
    expect(told(null, receive('R-1', 'A-01-1'), counted('R-1', 'A-01-1', 1, 0)).questions).toMatchObject([{ difference: -1 }])
  })
  test('made again is one question with what both differ by; that is nothing: none', () => {
    const less = told(five, counted('L-1', 'A-01-1', 5, 3))
    expect(told(less, counted('L-1', 'A-01-1', 3, 4)).questions).toMatchObject([{ id: less.questions?.[0]?.id, difference: -1, counted: 4 }])
    expect(told(less, counted('L-1', 'A-01-1', 3, 5))).not.toHaveProperty('questions')
  })
  test('says what was done before it and heard after it: the supervisor takes that back', () => {
    const less = told(five, counted('L-1', 'A-01-1', 5, 3, '2026-11-24T03:00:00.000Z'))
    const late = told(less, { ...move('L-1', 'A-01-1', 'B-01-1', 2), at: '2026-11-24T02:50:00.000Z' })
    expect(lies(late)).toEqual({ 'A-01-1 L-1': 1, 'B-01-1 L-1': 2 })
    expect(late.questions).toMatchObject([{ kind: 'count-differs', late: -2 }])
    expect(lies(told(late, settle(late.questions?.[0]?.id, 'late')))).toEqual({ 'A-01-1 L-1': 3, 'B-01-1 L-1': 2 })
  })
})

describe('a question', () => {
  const asked = told(null, receive('R-1', 'A-01-1'), move('R-9', 'C-01-1', 'A-01-2'))
  const id = asked.questions?.[0]?.id
  test('is answered by a supervisor with the PIN, once, and by what fits it', () => {
    expect(ask(asked, settle(id, 'accept'), { ...LIN, roles: ['warehouse'] })).toEqual({ refuse: { type: 'wrong-role', roles: ['supervisor'] } })
    expect(ask(asked, { ...settle(id, 'accept'), signed: false }, BOSS)).toEqual({ refuse: { type: 'unsigned' } })
    expect(ask(asked, settle(id, 'late'), BOSS)).toMatchObject({ refuse: { type: 'no-exception' } })
    expect(ask(told(asked, settle(id, 'accept')), settle(id, 'accept'), BOSS)).toMatchObject({ refuse: { type: 'no-exception' } })
  })
})

/** What several devices do without hearing of each other, each event once, whatever they know. */
const PLACES = ['A', 'B', '']
const anyEvent = fc.oneof(
  fc.record({ type: fc.constant('StockReceived' as const), location: fc.constantFrom('A', 'B'), lot: fc.constantFrom('1', '2'), quantity: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ type: fc.constant('StockMoved' as const), from: fc.constantFrom(...PLACES), to: fc.constantFrom('A', 'B'), lot: fc.constantFrom('1', '2'), quantity: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ type: fc.constant('StockCounted' as const), location: fc.constantFrom(...PLACES), lot: fc.constantFrom('1', '2'), expected: fc.integer({ min: -3, max: 9 }), counted: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ type: fc.constant('StockBooked' as const), location: fc.constantFrom(...PLACES), lot: fc.constantFrom('1', '2'), quantity: fc.integer({ min: -9, max: 9 }) }),
)
const eventsOf = (list: readonly { type: StockEvent['type'] }[]): StockEvent[] =>
  list.map((each, i) => ({ act: { by: 'x', name: 'x', at: '2026-11-24T02:00:00.000Z', device: 'd', command: `c${i}` }, begins: null, order: 'o', grams: 0, receivedOn: '2026-11-24', expires: null, held: false, note: '', ...each }) as unknown as StockEvent)
const base = told(null, receive('1', 'A', 5))

describe('in whatever order devices are heard', () => {
  const shuffled = fc.array(anyEvent, { maxLength: 12 }).chain((list) => {
    const events = eventsOf(list)
    return fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }))
  })
  const all = (events: readonly StockEvent[]) => events.reduce<Product>((state, event) => evolveStock(state, event, 'p'), base)

  test('the same lies in the same places, and the same places are asked about for less than nothing', () => {
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const [a, b] = [all(one), all(other)]
        expect(lies(a)).toEqual(lies(b))
        const below = (product: Product) => (product.questions ?? []).flatMap((each) => (each.kind === 'negative' ? [`${each.location} ${each.lot}`] : [])).sort()
        expect(below(a)).toEqual(below(b))
        expect(below(a)).toEqual(a.stock.flatMap((each) => (each.quantity < 0 ? [`${each.location} ${each.lot}`] : [])).sort())
      }),
      { numRuns: 500 },
    )
  })
  test('it is what was there and all that came and went', () => {
    fc.assert(
      fc.property(shuffled, ([, events]) => {
        const sums = new Map([['A 1', 5]])
        const add = (location: string, lot: string, quantity: number) => sums.set(`${location} ${lot}`, (sums.get(`${location} ${lot}`) ?? 0) + quantity)
        for (const event of events) {
          if (event.type === 'StockReceived' || event.type === 'StockBooked') add(event.location, event.lot, event.quantity)
          if (event.type === 'StockMoved') {
            add(event.from, event.lot, -event.quantity)
            add(event.to, event.lot, event.quantity)
          }
          if (event.type === 'StockCounted') add(event.location, event.lot, event.counted - event.expected)
        }
        expect(lies(all(events))).toEqual(Object.fromEntries([...sums].filter(([, quantity]) => quantity !== 0)))
      }),
      { numRuns: 500 },
    )
  })
  test('a pick that is heard after the count it was not in stays a pick', () => {
    const both = [counted('1', 'A', 5, 4), move('1', 'A', 'B', 2)]
    expect(lies(told(base, ...both))).toEqual(lies(told(base, ...both.toReversed())))
    expect(entryAt(told(base, ...both), { location: 'A', lot: '1' })?.quantity).toBe(2)
  })
})
