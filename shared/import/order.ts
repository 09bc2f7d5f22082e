/** The read rows of one order → its form and the rows that had to stay behind. */
import type { Line, OrderForm } from '../order/form.ts'
import { FIELD_RULES, FIELDS, SHIP_TO } from './fields.ts'
import type { LineValues, Values } from './row.ts'
import type { RowReason } from './wire.ts'

export const MOST_LINES = 2000
const MOST_SHIP_TO = 500

export type Left = { row: number; field: 'customerId' | 'customerName' | 'currency' | 'shipAddress' | null; reason: RowReason }
export type Formed = { form: OrderForm | null; left: Left[] }
export type Origin = { source: string; number: string; /** when the import was started: what the file doesn't say was placed then */ now: string }

/** `rows` in the order of the file. The first row that says something of the whole order says it for all. */
export function formOf(rows: readonly LineValues[], { source, number, now }: Origin): Formed {
  const left: Left[] = []
  const head = headOf(rows)
  const customer = head.customerName ?? head.customerId
  if (customer === null) return { form: null, left: rows.map(({ row }) => ({ row, field: 'customerId', reason: { type: 'missing' } })) }
  const kept: LineValues[] = []
  const first = rows.find((row) => row.customerId !== null || row.customerName !== null) ?? rows[0]
  for (const row of rows) {
    if (first && differs(row.customerId, head.customerId)) left.push({ row: row.row, field: 'customerId', reason: { type: 'other-customer', row: first.row } })
    else if (first && head.customerId === null && differs(row.customerName, head.customerName)) left.push({ row: row.row, field: 'customerName', reason: { type: 'other-customer', row: first.row } })
    else if (row.money !== rows[0]?.money) left.push({ row: row.row, field: 'currency', reason: { type: 'other-currency', row: rows[0]?.row ?? 0 } })
    else if (kept.length === MOST_LINES) left.push({ row: row.row, field: null, reason: { type: 'too-many-lines', most: MOST_LINES } })
    else kept.push(row)
  }
  const shipTo = SHIP_TO.flatMap((field) => head[field] ?? []).join(', ')
  if (shipTo.length > MOST_SHIP_TO) return { form: null, left: rows.map(({ row }) => ({ row, field: 'shipAddress', reason: { type: 'too-long', most: MOST_SHIP_TO } })) }
  if (kept.length === 0) return { form: null, left }
  return {
    left,
    form: {
      number,
      source: { name: source, key: number },
      process: 'stock',
      customer: { id: head.customerId ?? '', name: customer, grade: head.grade ?? 'C' },
      terms: head.terms ?? 'prepaid',
      contact: head.contact ?? '',
      phone: head.phone ?? '',
      shipTo,
      currency: kept[0]?.money ?? '',
      placedAt: head.placedAt ?? now,
      promisedAt: head.promisedAt,
      tolerance: head.tolerance ?? '',
      quality: head.quality ?? '',
      packaging: head.packaging ?? '',
      delivery: head.delivery ?? '',
      clauses: head.clauses ?? '',
      memo: head.memo ?? '',
      lines: kept.map(lineOf),
    },
  }
}

const differs = (a: string | null, b: string | null) => a !== null && b !== null && a !== b

const HEAD_FIELDS = FIELDS.filter((field) => FIELD_RULES[field].of === 'order')
function headOf(rows: readonly LineValues[]): Values {
  const head: Values = { ...(rows[0] as LineValues) }
  for (const field of HEAD_FIELDS) for (let i = 1; i < rows.length && head[field] === null; i++) Object.assign(head, { [field]: rows[i]?.[field] ?? null })
  return head
}

function lineOf(values: LineValues, i: number): Line {
  const { sku, name, spec, measure, counted, minor, grams, kilograms } = values
  return {
    no: i + 1,
    sku: sku ?? (name ?? '').slice(0, 80),
    name: name ?? sku ?? '',
    spec: spec ?? '',
    unit: measure,
    quantity: counted,
    price: minor,
    grams: measure === 'kg' ? 0 : (grams ?? kilograms ?? 0),
  }
}
