/** What an inspector found of one lot, and by what it was looked at: it stays on the record, so that years later one sees why (M15). */
import * as z from 'zod/mini'
import { SEVERITIES } from './plan.ts'
import { Area, Defect, Id, Measure, Name, Samples, Sampling, Thousandths, Version } from './terms.ts'

const Photos = z.array(z.string().check(z.regex(/^[0-9a-f]{64}$/))).check(z.maxLength(5))
const text = (max: number) => z.string().check(z.maxLength(max))

/** The standard as far as a lot was looked at by it: the limits of what was measured stand with the values. */
export const StandardUsed = z.object({
  id: Id,
  name: Name,
  /** absent: the app's own, or an app of before */
  version: z.optional(Version),
  sampling: Sampling,
  checks: z.array(z.object({ id: Id, name: Name, area: Area, defect: Defect })).check(z.maxLength(200)),
})
export type StandardUsed = z.infer<typeof StandardUsed>

/** Spot readings in thousandths of `unit`; inclusive limits, null where there is none. `asked`: the lot is not accepted without. */
export const Measured = z.object({
  check: Id,
  name: Name,
  unit: Measure,
  defect: Defect,
  lower: z.nullable(Thousandths),
  upper: z.nullable(Thousandths),
  asked: z.boolean(),
  /** how many readings; absent: one */
  samples: z.optional(Samples),
  values: z.array(Thousandths).check(z.maxLength(50)),
})
export type Measured = z.infer<typeof Measured>

/** Units on which a check failed; `check` '' for what no check names. */
export const Counted = z.object({
  check: z.union([Id, z.literal('')]),
  defect: Defect,
  count: z.int().check(z.minimum(1), z.maximum(10_000)),
  note: text(300),
  photos: Photos,
})
export type Counted = z.infer<typeof Counted>

/** What one inspection can say of a lot; a concession comes later and by itself (disposition.ts). */
export const DECIDED = ['accept', 'hold', 'rework', 'reject'] as const
export type Decided = (typeof DECIDED)[number]

/** One line's goods, made alike and offered together. `size`: units of it; `all`: to be inspected whole, by order; `looked`: units looked at. */
export const LotReport = z.object({
  line: z.int().check(z.minimum(1), z.maximum(100_000)),
  sku: text(80),
  standard: Id,
  size: z.int().check(z.minimum(1), z.maximum(1_000_000_000)),
  severity: z.object({ critical: z.enum(SEVERITIES), major: z.enum(SEVERITIES), minor: z.enum(SEVERITIES) }),
  all: z.boolean(),
  looked: z.int().check(z.minimum(0), z.maximum(1_000_000_000)),
  measures: z.array(Measured).check(z.maxLength(40)),
  defects: z.array(Counted).check(z.maxLength(60)),
  disposition: z.enum(DECIDED),
})
export type LotReport = z.infer<typeof LotReport>

/** Of all lots of an order together, so that it can be sent and kept. */
const MOST = { entries: 10_000, photos: 200 }
export const Lots = z.array(LotReport).check(
  z.minLength(1),
  z.maxLength(2000),
  z.refine((lots) => new Set(lots.map(({ line }) => line)).size === lots.length, 'a line was inspected twice'),
  z.refine((lots) => sum(lots, (lot) => lot.defects.length + sum(lot.measures, ({ values }) => 1 + values.length)) <= MOST.entries, 'more than 10,000 entries'),
  z.refine((lots) => sum(lots, (lot) => sum(lot.defects, ({ photos }) => photos.length)) <= MOST.photos, 'more than 200 photos'),
)
export const StandardsUsed = z.array(StandardUsed).check(z.minLength(1), z.maxLength(20))

function sum<T>(all: readonly T[], of: (each: T) => number): number {
  return all.reduce((total, each) => total + of(each), 0)
}
