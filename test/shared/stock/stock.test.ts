/** What lies where, whatever is said of it and in whatever order it is heard. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor } from '../../../shared/people/role.ts'
import type { Product } from '../../../shared/product/product.ts'
import type { StockCommand } from '../../../shared/stock/commands.ts'
import { decideStock } from '../../../shared/stock/decide.ts'
import type { StockEvent } from '../../../shared/stock/events.ts'
import { entryAt, evolveStock } from '../../../shared/stock/evolve.ts'
import { productIdOf } from '../../../shared/product/product.ts'
import { begunBy, bookingsOf, stockEventOf, withBookings } from '../../../shared/stock/follow.ts'
import { codesOf, listsOf } from '../../../shared/work/lists.ts'
import { walkOf } from '../../../shared/work/walk.ts'
import { after, claimed, LIN, line, roll, shelves } from '../work/picking.ts'

const BOSS: Actor = { ...LIN, roles: ['supervisor'] }
let count = 0
type Said = StockCommand extends infer C ? (C extends StockCommand ? Pick<C, 'type' | 'payload'> & { at?: string; signed?: boolean } : never) : never
const ask = (product: Product | null, said: Said, actor = LIN) => decideStock(product, { id: `s${++count}`, doc: 'p', at: '2026-11-24T02:00:00.000Z', signed: true, ...said } as StockCommand, actor)
function then(product: Product | null, ...list: Said[]): Product {
  let state = product
  for (const said of list) {
    const answer = ask(state, said, BOSS)
    if ('refuse' in answer) throw new Error(`${said.type} was refused: ${answer.refuse.type}`)
    for (const event of answer.accept) state = evolveStock(state, event, 'p')
  }
  if (!state) throw new Error('no product')
  return state
}
const lies = ({ stock }: Product) => Object.fromEntries(stock.map(({ location, lot, quantity }) => [`${location} ${lot}`, quantity]))

const card = { sku: 'BX', name: '雙銅紙', spec: '', unit: 'roll' as const, grams: 412_000, barcode: '' }
const receive = (lot: string, location: string, quantity = 1): Said => ({ type: 'ReceiveGoods', payload: { product: card, location, lot, quantity, grams: 412_000 * quantity, receivedOn: '2026-11-24', expires: null, held: false, note: '' } })
const move = (lot: string, from: string, to: string, quantity = 1): Said => ({ type: 'MoveStock', payload: { lot, from, to, quantity, grams: 412_000 * quantity, receivedOn: '2026-11-24', expires: null, held: false } })
const counted = (lot: string, location: string, expected: number, found: number, at = '2026-11-24T02:00:00.000Z'): Said => ({ type: 'CountStock', at, payload: { location, lot, expected, counted: found, grams: 0, receivedOn: '2026-11-24' } })
const settle = (question: string | undefined, decision: 'accept' | 'late'): Said => ({ type: 'SettleStock', payload: { question: question ?? '', decision, note: '' } })

describe('goods', () => {
  test('that come in begin their product where nobody had put it down, and lie where they were put', () => {
    const product = then(null, receive('R-1', 'A-01-1'), receive('R-2', 'A-01-2'))
    expect(product).toMatchObject({ kind: 'product', site: 'mill', sku: 'BX', unit: 'roll', version: 2 })
    expect(lies(product)).toEqual({ 'A-01-1 R-1': 1, 'A-01-2 R-2': 1 })
  })
  test('that move keep their day and their weight, and leave nothing behind', () => {
    const product = then(null, receive('R-1', 'A-01-1'), move('R-1', 'A-01-1', 'B-02-3'))
    expect(product.stock).toEqual([{ location: 'B-02-3', lot: 'R-1', quantity: 1, grams: 412_000, receivedOn: '2026-11-24' }])
  })
  test('that quality holds are held where they lie, until somebody frees them there', () => {
    const first = receive('R-1', 'A-01-1')
    if (first.type !== 'ReceiveGoods') return
    const held = then(null, { ...first, payload: { ...first.payload, held: true } })
    expect(held.stock[0]?.held).toBe(true)
    expect(then(held, move('R-1', 'A-01-1', 'A-01-1')).stock).toEqual([{ location: 'A-01-1', lot: 'R-1', quantity: 1, grams: 412_000, receivedOn: '2026-11-24' }])
  })
})

describe('what is held', () => {
  const first = receive('R-1', 'A-01-1')
  const held = first.type === 'ReceiveGoods' ? then(null, { ...first, payload: { ...first.payload, held: true, supplierLot: 'S-9', expires: '2027-01-31' } }) : null
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
    const below = then(null, receive('R-1', 'A-01-1'), move('R-9', 'C-01-1', 'A-01-2', 2), move('R-9', 'C-01-1', 'A-01-2'))
    expect(lies(below)).toEqual({ 'A-01-1 R-1': 1, 'C-01-1 R-9': -3, 'A-01-2 R-9': 3 })
    expect(below.questions).toMatchObject([{ kind: 'negative', location: 'C-01-1', lot: 'R-9', name: '林淑惠' }])
    expect(then(below, receive('R-9', 'C-01-1', 3))).not.toHaveProperty('questions')
  })
  test('ends when the supervisor says that nothing lies there', () => {
    const below = then(null, receive('R-1', 'A-01-1'), move('R-9', 'C-01-1', 'A-01-2', 2))
    const settled = then(below, settle(below.questions?.[0]?.id, 'accept'))
    expect(lies(settled)).toEqual({ 'A-01-1 R-1': 1, 'A-01-2 R-9': 2 })
    expect(settled).not.toHaveProperty('questions')
  })
})

describe('what lies where nobody knows', () => {
  const order = claimed(line(1, 'BX', 2, 'roll'))
  const taken = after(order, LIN, { type: 'PickLine', payload: { line: 1, quantity: 1, lot: 'R-1', from: '', grams: 412_000 } })
  const booking = (was: typeof order, event: Parameters<typeof bookingsOf>[1][number], product: Product) => bookingsOf(was, [event], was.id).reduce((state, each) => {
    const booked = stockEventOf(state, each)
    return booked ? evolveStock(state, booked, 'p') : state
  }, product)
  const pick = taken.picks[0]
  if (!pick) throw new Error('nothing was picked')
  const shelf = then(null, receive('R-1', 'A-01-1'))
  const gone = booking(order, { type: 'LinePicked', pick }, shelf)
  test('is booked where nobody knows when it is picked so, and asked about', () => {
    expect(lies(gone)).toEqual({ 'A-01-1 R-1': 1, ' R-1': -1 })
    expect(gone.questions).toMatchObject([{ kind: 'negative', location: '', lot: 'R-1' }])
  })
  test('comes off the books of the place that it was taken from, once somebody says so', () => {
    const said = then(gone, move('R-1', 'A-01-1', ''))
    expect(said.stock).toEqual([])
    expect(said).not.toHaveProperty('questions')
  })
  test('is asked about when it comes back there, until it is put somewhere or is not there', () => {
    const settled = then(gone, settle(gone.questions?.[0]?.id, 'accept'))
    const back = booking(taken, { type: 'PickPutBack', act: pick, pick: pick.command, quantity: 1 }, settled)
    expect(lies(back)).toEqual({ 'A-01-1 R-1': 1, ' R-1': 1 })
    expect(back.questions).toMatchObject([{ kind: 'unplaced', location: '', lot: 'R-1' }])
    const [question] = back.questions ?? []
    expect(ask(back, settle(question?.id, 'late'), BOSS)).toMatchObject({ refuse: { type: 'no-exception' } })
    const put = then(back, move('R-1', '', 'B-02-3'))
    expect(lies(put)).toEqual({ 'A-01-1 R-1': 1, 'B-02-3 R-1': 1 })
    expect(put).not.toHaveProperty('questions')
    expect(then(back, settle(question?.id, 'accept'))).toMatchObject({ stock: [{ location: 'A-01-1' }] })
  })
})

describe('a product’s card', () => {
  const shelf = then(null, receive('R-1', 'A-01-1'))
  const correct = (payload: Extract<Said, { type: 'CorrectProduct' }>['payload']): Said => ({ type: 'CorrectProduct', payload })
  test('is put right by a supervisor who signs; what is as it was is no correction', () => {
    expect(ask(shelf, correct({ name: '雙銅紙 B' }), { ...LIN, roles: ['warehouse'] })).toEqual({ refuse: { type: 'wrong-role', roles: ['supervisor'] } })
    expect(ask(shelf, { ...correct({ name: '雙銅紙 B' }), signed: false }, BOSS)).toEqual({ refuse: { type: 'unsigned' } })
    expect(ask(shelf, correct({ name: card.name, barcode: '' }), BOSS)).toEqual({ accept: [] })
    const right = then(shelf, correct({ name: '雙銅紙 B', barcode: '4710001000010' }))
    expect(right).toMatchObject({ sku: 'BX', name: '雙銅紙 B', barcode: '4710001000010', unit: 'roll', grams: 412_000 })
    expect(codesOf(right)).toContain('4710001000010')
    expect(right.stock).toEqual(shelf.stock)
  })
  test('two who correct different things both do', () => {
    const [name, grams] = [correct({ name: '雙銅紙 B' }), correct({ grams: 400_000 })]
    expect(then(shelf, name, grams)).toMatchObject({ name: '雙銅紙 B', grams: 400_000 })
    expect({ ...then(shelf, grams, name), version: 0 }).toEqual({ ...then(shelf, name, grams), version: 0 })
  })
  test('keeps its unit while something of it lies somewhere, or less than nothing', () => {
    expect(ask(shelf, correct({ unit: 'kg' }), BOSS)).toEqual({ refuse: { type: 'stock-lies', places: 1 } })
    expect(then(shelf, correct({ unit: 'roll' })).unit).toBe('roll')
    const empty = then(shelf, counted('R-1', 'A-01-1', 1, 0))
    const byWeight = then(empty, correct({ unit: 'kg', grams: 0 }))
    expect(byWeight).toMatchObject({ unit: 'kg', grams: 0, stock: [] })
    // What somebody who had not heard of it receives counts in the unit of now.
    expect(lies(then(byWeight, receive('R-2', 'A-01-2')))).toEqual({ 'A-01-2 R-2': 412_000 })
  })
})

describe('a count', () => {
  const five = then(null, receive('L-1', 'A-01-1', 5))
  test('that is right asks nothing', () => expect(then(five, counted('L-1', 'A-01-1', 5, 5))).not.toHaveProperty('questions'))
  test('that differs is what lies there, and a question until somebody answers it', () => {
    const less = then(five, counted('L-1', 'A-01-1', 5, 3))
    expect(lies(less)).toEqual({ 'A-01-1 L-1': 3 })
    expect(less.questions).toMatchObject([{ kind: 'count-differs', expected: 5, counted: 3, difference: -2, late: 0 }])
    expect(lies(then(less, settle(less.questions?.[0]?.id, 'accept')))).toEqual({ 'A-01-1 L-1': 3 })
  })
  test('that is out by what scales are out by asks nobody; by a roll it asks', () => {
    const tonnes = then(null, receive('L-1', 'A-01-1', 1000))
    expect(then(tonnes, counted('L-1', 'A-01-1', 1000, 995))).toMatchObject({ stock: [{ quantity: 995 }] })
    expect(then(tonnes, counted('L-1', 'A-01-1', 1000, 995))).not.toHaveProperty('questions')
    expect(then(tonnes, counted('L-1', 'A-01-1', 1000, 994)).questions).toMatchObject([{ difference: -6 }])
    expect(then(null, receive('R-1', 'A-01-1'), counted('R-1', 'A-01-1', 1, 0)).questions).toMatchObject([{ difference: -1 }])
  })
  test('made again is one question with what both differ by; that is nothing: none', () => {
    const less = then(five, counted('L-1', 'A-01-1', 5, 3))
    expect(then(less, counted('L-1', 'A-01-1', 3, 4)).questions).toMatchObject([{ id: less.questions?.[0]?.id, difference: -1, counted: 4 }])
    expect(then(less, counted('L-1', 'A-01-1', 3, 5))).not.toHaveProperty('questions')
  })
  test('says what was done before it and heard after it: the supervisor takes that back', () => {
    const less = then(five, counted('L-1', 'A-01-1', 5, 3, '2026-11-24T03:00:00.000Z'))
    const late = then(less, { ...move('L-1', 'A-01-1', 'B-01-1', 2), at: '2026-11-24T02:50:00.000Z' })
    expect(lies(late)).toEqual({ 'A-01-1 L-1': 1, 'B-01-1 L-1': 2 })
    expect(late.questions).toMatchObject([{ kind: 'count-differs', late: -2 }])
    expect(lies(then(late, settle(late.questions?.[0]?.id, 'late')))).toEqual({ 'A-01-1 L-1': 3, 'B-01-1 L-1': 2 })
  })
})

describe('a question', () => {
  const asked = then(null, receive('R-1', 'A-01-1'), move('R-9', 'C-01-1', 'A-01-2'))
  const id = asked.questions?.[0]?.id
  test('is answered by a supervisor with the PIN, once, and by what fits it', () => {
    expect(ask(asked, settle(id, 'accept'), { ...LIN, roles: ['warehouse'] })).toEqual({ refuse: { type: 'wrong-role', roles: ['supervisor'] } })
    expect(ask(asked, { ...settle(id, 'accept'), signed: false }, BOSS)).toEqual({ refuse: { type: 'unsigned' } })
    expect(ask(asked, settle(id, 'late'), BOSS)).toMatchObject({ refuse: { type: 'no-exception' } })
    expect(ask(then(asked, settle(id, 'accept')), settle(id, 'accept'), BOSS)).toMatchObject({ refuse: { type: 'no-exception' } })
  })
})

describe('what is picked for an order', () => {
  const shelf = shelves(['BX', 'roll', [roll('R-1', 'A-01-1'), roll('R-2', 'A-01-2')]]).get('BX')
  const order = claimed(line(1, 'BX', 2, 'roll'))
  const picked = after(order, LIN, { type: 'PickLine', payload: { line: 1, quantity: 1, lot: 'R-1', from: 'A-01-1', grams: 412_000 } })
  const pick = { command: 'c', by: 'lin', name: 'Lin', at: '2026-11-24T02:00:00.000Z', device: 'phone', line: 1, quantity: 1, lot: 'R-1', from: 'A-01-1', grams: 412_000, back: 0 }

  test('leaves the shelf, and lies there again when it is put back, no more of it than was taken', () => {
    const booked = bookingsOf(order, [{ type: 'LinePicked', pick }], 'so-1')
    const less = shelf && withBookings(shelf, booked)
    expect(less && lies(less)).toEqual({ 'A-01-2 R-2': 1 })
    const back = bookingsOf(picked, [{ type: 'PickPutBack', act: pick, pick: picked.picks[0]?.command ?? '', quantity: 3 }], 'so-1')
    expect(less && lies(withBookings(less, back))).toEqual({ 'A-01-1 R-1': 1, 'A-01-2 R-2': 1 })
  })
  test('of a lot that the shelves do not know lies less there, and is asked about', () => {
    const bare = shelves(['BX', 'roll', []]).get('BX')
    expect(bare && withBookings(bare, bookingsOf(order, [{ type: 'LinePicked', pick }], 'so-1'))).toMatchObject({ stock: [{ location: 'A-01-1', lot: 'R-1', quantity: -1 }], questions: [{ kind: 'negative', lot: 'R-1' }] })
  })
  test('of a product that nobody has put down begins it, until it comes in: then nothing is asked any more', () => {
    const booked = bookingsOf(order, [{ type: 'LinePicked', pick }], 'so-1')
    const begun = begunBy('mill', 'BX', booked)
    expect(begun).toMatchObject({ id: productIdOf('mill', 'BX'), unit: 'roll', unreceived: true, stock: [{ location: 'A-01-1', lot: 'R-1', quantity: -1 }], questions: [{ kind: 'negative' }] })
    const come = begun && then(begun, receive('R-1', 'A-01-1'))
    expect(come).toMatchObject({ name: card.name, stock: [] })
    expect(come).not.toHaveProperty('questions')
    expect(come).not.toHaveProperty('unreceived')
  })
  test('by weight is a roll of what is kept by the roll, whether it came in before or after', () => {
    const [booked] = bookingsOf(claimed(line(1, 'BX', 800_000, 'kg')), [{ type: 'LinePicked', pick: { ...pick, quantity: 411_500, grams: 411_500 } }], 'so-1')
    const event = booked && stockEventOf(null, booked, 'mill')
    const later = event && then(evolveStock(null, event, 'p'), receive('R-2', 'A-01-2'))
    expect(later).toMatchObject({ unit: 'roll', stock: [{ lot: 'R-1', quantity: -1 }, { lot: 'R-2', quantity: 1 }] })
    const before = booked && withBookings(then(null, receive('R-2', 'A-01-2')), [booked])
    expect(later && before && lies(later)).toEqual(before && lies(before))
  })
  test('of a product that nobody has put down is nowhere, where nobody keeps any stock', () => {
    const [booked] = bookingsOf(order, [{ type: 'LinePicked', pick }], 'so-1')
    expect(booked && stockEventOf(null, booked)).toBeNull()
  })
  test('and comes back from the customer lies where it was put away, held if it is damaged', () => {
    const came = { line: 1, sku: 'BX', name: 'BX', unit: 'roll' as const, quantity: 1, lot: 'R-1', from: 'A-01-1', id: 'r.0', damaged: true, away: 0 }
    const back = { ...picked, returns: [{ ...pick, goods: [came], note: '', photos: [], left: null }] }
    const away = bookingsOf(back, [{ type: 'GoodsPutAway', act: pick, goods: 'r.0', line: 1, lot: 'R-1', quantity: 1, to: 'Q-01-1' }], 'so-1')
    expect(shelf && withBookings(shelf, away).stock.at(-1)).toEqual({ location: 'Q-01-1', lot: 'R-1', quantity: 1, grams: 412_000, receivedOn: '2026-11-24', held: true })
  })
  test('is booked in the unit that the product is kept in', () => {
    const [booked] = bookingsOf(claimed(line(1, 'BX', 800_000, 'kg')), [{ type: 'LinePicked', pick: { ...pick, quantity: 411_500, grams: 411_500 } }], 'so-1')
    expect(booked && stockEventOf(shelf ?? null, booked)).toMatchObject({ quantity: -1, grams: -411_500 })
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
const base = then(null, receive('1', 'A', 5))

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
    expect(lies(then(base, ...both))).toEqual(lies(then(base, ...both.toReversed())))
    expect(entryAt(then(base, ...both), { location: 'A', lot: '1' })?.quantity).toBe(2)
  })
})
