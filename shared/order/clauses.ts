/**
 * The read-back (復述, M18): before goods leave, customer service goes through the delivery order clause by clause and the shipper
 * repeats it. A clause is what was agreed, as it stands at that moment; one that changes afterwards has not been heard.
 */
import * as z from 'zod/mini'
import { amountOf, Instant, type OrderForm } from './form.ts'

export const CLAUSES = ['customer', 'contact', 'shipTo', 'promisedAt', 'delivery', 'line', 'tolerance', 'quality', 'packaging', 'terms', 'clauses'] as const
export type ClauseKind = (typeof CLAUSES)[number]
/** `value`: what is agreed, in no language, so that two readings of it can be compared. `line`: of a line of goods, its number. */
export type Clause = { id: string; kind: ClauseKind; line: number; value: string }

const text = (max: number) => z.string().check(z.maxLength(max))
/** `with`: who read it out. `ok`: the shipper heard and has the same; otherwise `note` says what is different. */
export const ReadBack = z.object({
  with: text(120),
  at: Instant,
  clauses: z.array(z.object({ id: text(20), value: text(2100), ok: z.boolean(), note: text(500) })).check(z.maxLength(2100)),
})
export type ReadBack = z.infer<typeof ReadBack>
export type Reading = ReadBack['clauses'][number]

/** Only what is not empty. `lying`: how much of a line lies in the pile; a line nobody picked is read as none of it. */
export function clausesOf(form: OrderForm, lying: (line: number) => number): Clause[] {
  return CLAUSES.flatMap((kind): Clause[] => {
    if (kind === 'line') return form.lines.map(({ no, unit }) => ({ id: `line.${no}`, kind, line: no, value: `${lying(no)} ${unit}` }))
    const value = agreedOf(kind, form, lying)
    return value === '' ? [] : [{ id: kind, kind, line: 0, value }]
  })
}

function agreedOf(kind: Exclude<ClauseKind, 'line'>, form: OrderForm, lying: (line: number) => number): string {
  switch (kind) {
    case 'customer':
      return form.customer.name
    case 'contact':
      return `${form.contact} ${form.phone}`.trim()
    case 'promisedAt':
      return form.promisedAt ?? ''
    case 'terms':
      return form.terms === 'cash-on-delivery' ? `${form.terms} ${amountLying(form, lying)} ${form.currency}` : form.terms
    case 'shipTo':
    case 'delivery':
    case 'tolerance':
    case 'quality':
    case 'packaging':
    case 'clauses':
      return form[kind]
  }
}

/** What the goods in the pile are worth, minor units: what the driver collects for them. */
export function amountLying(form: OrderForm, lying: (line: number) => number): number {
  return amountOf({ ...form, lines: form.lines.map((line) => ({ ...line, quantity: lying(line.no) })) })
}

/** What was said of a clause as it now stands; of what it was before, nothing. */
export function readingOf(readings: readonly Reading[], { id, value }: Clause): Reading | undefined {
  return readings.find((each) => each.id === id && each.value === value)
}
/** Clauses that nobody has heard as they now stand. */
export function unheard(clauses: readonly Clause[], readings: readonly Reading[]): Clause[] {
  return clauses.filter((clause) => !readingOf(readings, clause))
}
/** Clauses that the two have differently. */
export function differing(clauses: readonly Clause[], readings: readonly Reading[]): Clause[] {
  return clauses.filter((clause) => readingOf(readings, clause)?.ok === false)
}
