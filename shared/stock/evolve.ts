/**
 * product + stock event → product. Every event says how much more or less lies somewhere, never how much there is: so whatever
 * order devices are heard in, the same lies there in the end.
 *
 * A count, too, is what was counted less what the counter's device knew of: whoever takes something while it is counted, and is heard
 * later, takes it from what was counted. What was taken before the count by a device that was heard after it is taken twice;
 * nobody can tell the two apart but by clocks, which decide nothing here. So the question that a difference raises adds up what came
 * `late` by those clocks, and a supervisor decides.
 */
import type { Act } from '../order/order.ts'
import type { Product, Stock, StockQuestion } from '../product/product.ts'
import type { ProductCard } from './commands.ts'
import { isAskedAbout } from './differs.ts'
import type { StockEvent } from './events.ts'
import { quantityIn } from './unit.ts'

/** `receivedOn`, `expires`, `held`: of goods that come to lie there. */
type Change = Pick<Stock, 'location' | 'lot' | 'quantity' | 'grams'> & { receivedOn: string; expires?: string | null; supplierLot?: string | undefined; /** undefined: as what lies there */ held?: boolean | undefined }

/** The first event of a product that was not put down at a door of its own says which one it is. Throws if the log is broken. */
export function evolveStock(product: Product | null, event: StockEvent, id: string): Product {
  const begins = 'begins' in event ? event.begins : null
  if (product) {
    const known = begins && event.type === 'StockReceived' && product.unreceived ? received(product, begins.product) : product
    return { ...change(known, event), version: product.version + 1 }
  }
  if (!begins) throw new Error(`the log of product ${id} begins with ${event.type}`)
  const { site, product: card } = begins
  return evolveStock({ kind: 'product', id, site, version: 0, ...card, stock: [], ...(event.type === 'StockBooked' && { unreceived: true }) }, event, id)
}

/** Who puts it down knows it: what was picked before is from now on in their unit. */
function received({ unreceived: _, ...product }: Product, card: ProductCard): Product {
  const stock = product.stock.flatMap((entry): Stock[] => {
    const quantity = quantityIn(card.unit, { unit: product.unit, lot: entry.lot, quantity: entry.quantity, grams: entry.quantity * product.grams })
    return quantity === 0 ? [] : [{ ...entry, quantity }]
  })
  return asking({ ...product, ...card, stock }, (product.questions ?? []).filter((each) => stock.some(at(each))))
}

function change(product: Product, event: StockEvent): Product {
  const { act } = event
  switch (event.type) {
    case 'StockReceived':
      return book(product, { ...event, held: event.held || undefined }, act)
    case 'StockMoved': {
      const { lot, supplierLot, from, to, quantity, grams, receivedOn, expires, held } = event
      const taken = book(product, { location: from, lot, quantity: -quantity, grams: -grams, receivedOn }, act)
      return book(taken, { location: to, lot, supplierLot, quantity, grams, receivedOn, expires, held: from === to ? held : held || undefined }, act)
    }
    case 'StockCounted': {
      const { location, lot, expected, counted, grams, receivedOn } = event
      const booked = book(product, { location, lot, quantity: counted - expected, grams, receivedOn }, act)
      return askOfCount(booked, event)
    }
    case 'StockBooked':
      return book(product, { ...event, receivedOn: act.at.slice(0, 10) }, act)
    case 'StockReleased': {
      const stock = product.stock.map(({ held, ...entry }) => (at(event)(entry) || !held ? entry : { ...entry, held }))
      return { ...product, stock }
    }
    case 'ProductCorrected':
      return Object.assign({ ...product }, event.card)
    case 'StockSettled': {
      const { question, decision } = event
      const rest = asking(product, (product.questions ?? []).filter((each) => each.id !== question.id))
      const { location, lot } = question
      const entry = entryAt(product, question)
      const receivedOn = entry?.receivedOn ?? act.at.slice(0, 10)
      if (question.kind === 'count-differs') return decision === 'late' ? book(rest, { location, lot, quantity: -question.late, grams: 0, receivedOn }, act) : rest
      return entry && isAsked(question.kind, entry.quantity) ? book(rest, { location, lot, quantity: -entry.quantity, grams: -entry.grams, receivedOn }, act) : rest
    }
  }
}

const at = ({ location, lot }: Pick<Stock, 'location' | 'lot'>) => (each: Pick<Stock, 'location' | 'lot'>) => each.location === location && each.lot === lot
export const entryAt = (product: Product, where: Pick<Stock, 'location' | 'lot'>): Stock | undefined => product.stock.find(at(where))

/** Nothing lies there: no entry. Less than nothing: an entry, and a question. */
function book(product: Product, { location, lot, supplierLot, quantity, grams, receivedOn, expires, held }: Change, act: Act): Product {
  const index = product.stock.findIndex(at({ location, lot }))
  const was = product.stock[index]
  const now = (was?.quantity ?? 0) + quantity
  const until = expires ?? was?.expires
  const theirs = supplierLot || was?.supplierLot
  const entry: Stock = {
    location,
    lot,
    quantity: now,
    grams: now < 0 ? 0 : Math.max(0, (was?.grams ?? 0) + grams),
    receivedOn: was && was.quantity > 0 && was.receivedOn < receivedOn ? was.receivedOn : receivedOn,
    ...(until !== undefined && { expires: until }),
    ...(theirs && { supplierLot: theirs }),
    ...((held ?? was?.held) && { held: true as const }),
  }
  const entries = now === 0 ? [] : [entry]
  const stock = was ? product.stock.toSpliced(index, 1, ...entries) : [...product.stock, ...entries]
  return asking({ ...product, stock }, askedOf(product, { location, lot, quantity, now }, act))
}

const isAsked = (kind: 'negative' | 'unplaced', quantity: number): boolean => (kind === 'negative' ? quantity < 0 : quantity > 0)

/** The questions after a booking: below nothing is one, until it is not; so is something where nobody knows. */
function askedOf(product: Product, { location, lot, quantity, now }: { location: string; lot: string; quantity: number; now: number }, act: Act): StockQuestion[] {
  const questions = product.questions ?? []
  const here = at({ location, lot })
  const kept = questions.flatMap((each): StockQuestion[] => {
    if (!here(each)) return [each]
    if (each.kind !== 'count-differs') return isAsked(each.kind, now) ? [each] : []
    return [act.at < each.at && act.command !== each.command ? { ...each, late: each.late + quantity } : each]
  })
  const kind = now < 0 ? 'negative' : now > 0 && location === '' ? 'unplaced' : null
  const asked = kept.some((each) => here(each) && each.kind === kind)
  return kind && !asked ? [...kept, { ...act, id: `${act.command}.${kind}`, kind, location, lot }] : kept
}

/** Counted again, the same question stands with what all counts differ by together; that is nothing: it is answered. A small difference asks nothing by itself. */
function askOfCount(product: Product, { act, location, lot, expected, counted }: Extract<StockEvent, { type: 'StockCounted' }>): Product {
  const questions = product.questions ?? []
  const before = questions.find((each) => each.kind === 'count-differs' && at({ location, lot })(each))
  const first = before?.kind === 'count-differs' ? before : null
  const difference = (first?.difference ?? 0) + counted - expected
  const rest = questions.filter((each) => each !== before)
  const question: StockQuestion = { ...act, id: first?.id ?? `${act.command}.count-differs`, kind: 'count-differs', location, lot, expected, counted, difference, late: 0 }
  return asking(product, difference === 0 || !(before || isAskedAbout(expected, counted)) ? rest : [...rest, question])
}

/** None: the field is not there, as in products of before. */
function asking({ questions: _, ...product }: Product, questions: readonly StockQuestion[]): Product {
  return questions.length > 0 ? { ...product, questions: [...questions] } : product
}
