/** What a column of a file can mean: the fields of the order form that an import fills, each with its kind and bound. */

export type FieldKind = 'id' | 'text' | 'date' | 'quantity' | 'money' | 'share' | 'weight' | 'unit' | 'grade' | 'terms' | 'currency'
type FieldRule = { of: 'order' | 'line'; kind: FieldKind; max: number }

const text = (of: FieldRule['of'], max: number) => ({ of, kind: 'text', max }) as const
const id = (of: FieldRule['of'], max: number) => ({ of, kind: 'id', max }) as const
const typed = <K extends FieldKind>(of: FieldRule['of'], kind: K) => ({ of, kind, max: 60 }) as const

/** In the order in which a person is asked for them. The parts of the ship-to address are joined in this order. */
export const FIELD_RULES = {
  number: id('order', 60),
  customerId: id('order', 80),
  customerName: text('order', 200),
  sku: id('line', 80),
  name: text('line', 300),
  spec: text('line', 300),
  quantity: typed('line', 'quantity'),
  unit: typed('line', 'unit'),
  price: typed('line', 'money'),
  discount: typed('line', 'share'),
  currency: typed('order', 'currency'),
  placedAt: typed('order', 'date'),
  promisedAt: typed('order', 'date'),
  contact: text('order', 120),
  phone: text('order', 60),
  shipName: text('order', 200),
  shipAddress: text('order', 300),
  shipCity: text('order', 120),
  shipRegion: text('order', 120),
  shipPostcode: text('order', 40),
  shipCountry: text('order', 120),
  grade: typed('order', 'grade'),
  terms: typed('order', 'terms'),
  grams: typed('line', 'weight'),
  kilograms: typed('line', 'weight'),
  tolerance: text('order', 120),
  quality: text('order', 300),
  packaging: text('order', 300),
  delivery: text('order', 300),
  clauses: text('order', 2000),
  memo: text('order', 2000),
} satisfies { [field: string]: FieldRule }

export type Field = keyof typeof FIELD_RULES
export const FIELDS = Object.keys(FIELD_RULES) as [Field, ...Field[]]
export const SHIP_TO = ['shipName', 'shipAddress', 'shipCity', 'shipRegion', 'shipPostcode', 'shipCountry'] as const satisfies readonly Field[]

export function isField(name: string): name is Field {
  return Object.hasOwn(FIELD_RULES, name)
}

/** At least one of each group has to come from somewhere, or no row is an order line. */
export const NEEDED = [['number'], ['sku', 'name'], ['quantity'], ['customerId', 'customerName']] as const satisfies readonly (readonly Field[])[]

/** A constant stands for a whole column; an order number can't be one. */
export const CONSTANTS = FIELDS.filter((field) => field !== 'number')
