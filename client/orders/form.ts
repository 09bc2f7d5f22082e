/** The order form as it is filled in (M5), and as the rules take it: every entry is text until it is read, once, at the end. */
import type { Grade, Line, OrderForm, Terms } from '../../shared/order/form.ts'
import type { Order } from '../../shared/order/order.ts'
import { minorDigits, scaleOf, type Unit } from '../../shared/order/quantity.ts'
import { instantOf, wallOf } from './wall.ts'

export type LineEntry = { no: number; sku: string; name: string; spec: string; unit: Unit; quantity: string; price: string; kilograms: string }
export type Entry = {
  number: string
  customer: { id: string; name: string; grade: Grade }
  terms: Terms
  contact: string
  phone: string
  shipTo: string
  promised: string
  tolerance: string
  quality: string
  packaging: string
  delivery: string
  clauses: string
  memo: string
  lines: LineEntry[]
}
export type Money = { currency: string; zone: string }

export const newLine = (no: number): LineEntry => ({ no, sku: '', name: '', spec: '', unit: 'roll', quantity: '', price: '', kilograms: '' })
/** An unknown customer is taken for the most careful grade: nothing leaves without finance (M16). */
export const newEntry = (): Entry => ({
  number: '',
  customer: { id: '', name: '', grade: 'C' },
  terms: 'prepaid',
  contact: '',
  phone: '',
  shipTo: '',
  promised: '',
  tolerance: '',
  quality: '',
  packaging: '',
  delivery: '',
  clauses: '',
  memo: '',
  lines: [newLine(1)],
})

/** An order under its own number, to be changed. */
export function entryOf(order: Order, { zone }: Money): Entry {
  const { number, customer, terms, contact, phone, shipTo, tolerance, quality, packaging, delivery, clauses, memo, promisedAt } = order
  const lines = order.lines.map(({ no, sku, name, spec, unit, quantity, price, grams }): LineEntry => ({
    no,
    sku,
    name,
    spec,
    unit,
    quantity: plain(quantity, scaleOf(unit)),
    price: price === 0 ? '' : plain(price, 10 ** minorDigits(order.currency)),
    kilograms: grams === 0 ? '' : plain(grams, 1000),
  }))
  return { number, customer: { ...customer }, terms, contact, phone, shipTo, promised: promisedAt ? wallOf(promisedAt, zone) : '', tolerance, quality, packaging, delivery, clauses, memo, lines }
}
export const plain = (value: number, scale: number): string => String(value / scale)

/** What the same customer's last order says of where and how they want it; what was typed already stays. */
export function filledFrom(entry: Entry, last: Order): Entry {
  const keep = <K extends 'contact' | 'phone' | 'shipTo' | 'tolerance' | 'quality' | 'packaging' | 'delivery'>(field: K) => entry[field] || last[field]
  return {
    ...entry,
    customer: { ...last.customer },
    terms: last.terms,
    contact: keep('contact'),
    phone: keep('phone'),
    shipTo: keep('shipTo'),
    tolerance: keep('tolerance'),
    quality: keep('quality'),
    packaging: keep('packaging'),
    delivery: keep('delivery'),
  }
}

/** `field` is a path as in the entry: customer.name, lines.0.quantity. `came` repeats what was entered. */
export type Wrong = { field: string; wanted: 'something' | 'whole' | 'thousandths' | 'price' | 'weight' | 'instant' | 'line' | 'shorter' | 'worth'; came: string }
/** `form` is good only when nothing is wrong; until then it still says what is lacking. */
export type Read = { form: Filled; wrong: Wrong[] }
/** Where it came from and when it was placed are not filled in by hand. */
export type Filled = Omit<OrderForm, 'source' | 'placedAt'>

const MOST_COUNT = 1_000_000_000
const MOST_MINOR = 1_000_000_000_000
/** As the schema of the order form has them. */
const LONGEST = { number: 60, contact: 120, phone: 60, shipTo: 500, tolerance: 120, quality: 300, packaging: 300, delivery: 300, clauses: 2000, memo: 2000 } as const
type TextField = keyof typeof LONGEST

export function readEntry(entry: Entry, { currency, zone }: Money): Read {
  const wrong: Wrong[] = []
  const say = (field: string, wanted: Wrong['wanted'], came: string) => wrong.push({ field, wanted, came })
  const text = (field: TextField): string => {
    const value = entry[field].trim()
    if (value.length > LONGEST[field]) say(field, 'shorter', String(value.length))
    return value
  }
  const name = entry.customer.name.trim()
  if (name === '') say('customer.name', 'something', '')
  if (name.length > 200) say('customer.name', 'shorter', String(name.length))
  const promisedAt = instantOf(entry.promised, zone)
  if (entry.promised !== '' && promisedAt === null) say('promised', 'instant', entry.promised)

  const filled = entry.lines.map((line, i) => ({ line, i })).filter(({ line }) => !isBlank(line))
  if (filled.length === 0) say('lines', 'line', '')
  const lines = filled.map(({ line, i }, at): Line => {
    const path = `lines.${i}`
    if (line.sku.trim() === '') say(`${path}.sku`, 'something', '')
    if (line.name.trim() === '') say(`${path}.name`, 'something', '')
    for (const [field, most] of [['sku', 80], ['name', 300], ['spec', 300]] as const)
      if (line[field].trim().length > most) say(`${path}.${field}`, 'shorter', String(line[field].trim().length))
    const scale = scaleOf(line.unit)
    const quantity = scaled(line.quantity, scale)
    if (quantity === null || quantity < 1 || quantity > MOST_COUNT) say(`${path}.quantity`, scale === 1 ? 'whole' : 'thousandths', line.quantity)
    const price = line.price.trim() === '' ? 0 : scaled(line.price, 10 ** minorDigits(currency))
    if (price === null || price > MOST_MINOR) say(`${path}.price`, 'price', line.price)
    const grams = line.kilograms.trim() === '' ? 0 : scaled(line.kilograms, 1000)
    if (grams === null || grams > MOST_COUNT) say(`${path}.kilograms`, 'weight', line.kilograms)
    if (((price ?? 0) * (quantity ?? 0)) / scale > MOST_MINOR || (grams ?? 0) * (quantity ?? 0) > MOST_MINOR) say(`${path}.quantity`, 'worth', line.quantity)
    const no = line.no > 0 ? line.no : at + 1
    return { no, sku: line.sku.trim(), name: line.name.trim(), spec: line.spec.trim(), unit: line.unit, quantity: quantity ?? 0, price: price ?? 0, grams: grams ?? 0 }
  })
  const form: Filled = {
    number: text('number'),
    process: 'stock',
    customer: { ...entry.customer, name },
    terms: entry.terms,
    contact: text('contact'),
    phone: text('phone'),
    shipTo: text('shipTo'),
    currency,
    promisedAt,
    tolerance: text('tolerance'),
    quality: text('quality'),
    packaging: text('packaging'),
    delivery: text('delivery'),
    clauses: text('clauses'),
    memo: text('memo'),
    lines,
  }
  return { form, wrong }
}

/** A line that nobody has begun is no line. */
export function isBlank({ sku, name, spec, quantity, price, kilograms }: LineEntry): boolean {
  return [sku, name, spec, quantity, price, kilograms].every((text) => text.trim() === '')
}

/** '12.5' in thousandths → 12500, exactly; null when it is no such number or has more digits than are kept. Full width is read too. */
export function scaled(typed: string, scale: number): number | null {
  const text = typed.normalize('NFKC').trim().replace(/(?<=\d),(?=\d{3}(\D|$))/gu, '')
  const match = /^(\d*)(?:\.(\d*))?$/.exec(text)
  const [, whole = '', fraction = ''] = match ?? []
  const digits = Math.round(Math.log10(scale))
  if (!match || whole + fraction === '' || fraction.replace(/0+$/, '').length > digits || whole.length > 15) return null
  return Number(whole + fraction.padEnd(digits, '0').slice(0, digits))
}
