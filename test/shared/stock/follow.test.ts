/** What is done to orders and is booked on the shelves: picked, put back, brought home. */
import { describe, expect, test } from 'vitest'
import { type Product, productIdOf } from '../../../shared/product/product.ts'
import { evolveStock } from '../../../shared/stock/evolve.ts'
import { begunBy, bookingsOf, stockEventOf, withBookings } from '../../../shared/stock/follow.ts'
import { after, claimed, LIN, line, roll, shelves } from '../work/picking.ts'
import { ask, BOSS, card, lies, move, receive, settle, told } from './shelf.ts'

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
    const come = begun && told(begun, receive('R-1', 'A-01-1'))
    expect(come).toMatchObject({ name: card.name, stock: [] })
    expect(come).not.toHaveProperty('questions')
    expect(come).not.toHaveProperty('unreceived')
  })
  test('by weight is a roll of what is kept by the roll, whether it came in before or after', () => {
    const [booked] = bookingsOf(claimed(line(1, 'BX', 800_000, 'kg')), [{ type: 'LinePicked', pick: { ...pick, quantity: 411_500, grams: 411_500 } }], 'so-1')
    const event = booked && stockEventOf(null, booked, 'mill')
    const later = event && told(evolveStock(null, event, 'p'), receive('R-2', 'A-01-2'))
    expect(later).toMatchObject({ unit: 'roll', stock: [{ lot: 'R-1', quantity: -1 }, { lot: 'R-2', quantity: 1 }] })
    const before = booked && withBookings(told(null, receive('R-2', 'A-01-2')), [booked])
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

describe('what lies where nobody knows', () => {
  const order = claimed(line(1, 'BX', 2, 'roll'))
  const taken = after(order, LIN, { type: 'PickLine', payload: { line: 1, quantity: 1, lot: 'R-1', from: '', grams: 412_000 } })
  const booking = (was: typeof order, event: Parameters<typeof bookingsOf>[1][number], product: Product) => bookingsOf(was, [event], was.id).reduce((state, each) => {
    const booked = stockEventOf(state, each)
    return booked ? evolveStock(state, booked, 'p') : state
  }, product)
  const pick = taken.picks[0]
  if (!pick) throw new Error('nothing was picked')
  const shelf = told(null, receive('R-1', 'A-01-1'))
  const gone = booking(order, { type: 'LinePicked', pick }, shelf)
  test('is booked where nobody knows when it is picked so, and asked about', () => {
    expect(lies(gone)).toEqual({ 'A-01-1 R-1': 1, ' R-1': -1 })
    expect(gone.questions).toMatchObject([{ kind: 'negative', location: '', lot: 'R-1' }])
  })
  test('comes off the books of the place that it was taken from, once somebody says so', () => {
    const said = told(gone, move('R-1', 'A-01-1', ''))
    expect(said.stock).toEqual([])
    expect(said).not.toHaveProperty('questions')
  })
  test('is asked about when it comes back there, until it is put somewhere or is not there', () => {
    const settled = told(gone, settle(gone.questions?.[0]?.id, 'accept'))
    const back = booking(taken, { type: 'PickPutBack', act: pick, pick: pick.command, quantity: 1 }, settled)
    expect(lies(back)).toEqual({ 'A-01-1 R-1': 1, ' R-1': 1 })
    expect(back.questions).toMatchObject([{ kind: 'unplaced', location: '', lot: 'R-1' }])
    const [question] = back.questions ?? []
    expect(ask(back, settle(question?.id, 'late'), BOSS)).toMatchObject({ refuse: { type: 'no-exception' } })
    const put = told(back, move('R-1', '', 'B-02-3'))
    expect(lies(put)).toEqual({ 'A-01-1 R-1': 1, 'B-02-3 R-1': 1 })
    expect(put).not.toHaveProperty('questions')
    expect(told(back, settle(question?.id, 'accept'))).toMatchObject({ stock: [{ location: 'A-01-1' }] })
  })
})
