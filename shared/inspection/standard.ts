/** A product's factory standard (產品出廠標準, M15) as data: what is looked at, how bad a failure is, and how many units are looked at. */
import * as z from 'zod/mini'
import { Unit } from '../order/quantity.ts'
import { Area, Defect, Id, Measure, Name, Samples, Sampling, Thousandths, Version } from './terms.ts'

/** `defect`: what a unit that fails has. `photo`: such a unit is to be photographed. */
const common = { id: Id, name: Name, area: Area, defect: Defect, photo: z.boolean() }
const Step = z.int().check(z.minimum(0), z.maximum(1_000_000_000))
const Limits = z.union([
  /** the same for every order; null: no limit on that side */
  z
    .object({ type: z.literal('fixed'), lower: z.nullable(Thousandths), target: z.nullable(Thousandths), upper: z.nullable(Thousandths) })
    .check(
      z.refine(({ lower, upper }) => lower !== null || upper !== null, 'neither a lower nor an upper limit'),
      z.refine((limits) => inOrder([limits.lower, limits.target, limits.upper]), 'lower, target and upper limit are not in this order'),
    ),
  /** around what was ordered, which the inspection brings; below and above in thousandths of the unit, or of the target */
  z.object({ type: z.literal('around'), below: Step, above: Step, of: z.enum(['unit', 'target']) }),
])

export const Check = z.discriminatedUnion('type', [
  z.object({ type: z.literal('yes-no'), ...common }),
  z.object({ type: z.literal('measured'), ...common, unit: Measure, thousandths: Limits, /** measured where somebody wishes it */ spare: z.optional(z.boolean()), samples: z.optional(Samples) }),
])
export type Check = z.infer<typeof Check>
export type MeasuredCheck = Extract<Check, { type: 'measured' }>

const MOST_CHECKS = 200
/** As many as a lot has room for on the record (report.ts). */
const MOST_MEASURED = 40
/** How many standards of its own a site has. */
export const MOST_STANDARDS = 40

/** The products it is for: those of one of these units whose name, specification or code has one of these words; no words, all of them. */
const Fits = z.array(z.object({ units: z.array(Unit).check(z.maxLength(20)), words: z.array(z.string().check(z.minLength(1), z.maxLength(60))).check(z.maxLength(40)) })).check(z.maxLength(20))

/** What is written of a standard; `skus`: the products it is for by their numbers, whatever they are called. */
export const StandardForm = z.object({
  name: Name,
  fits: Fits,
  skus: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(80))).check(z.maxLength(200))),
  checks: z
    .array(Check)
    .check(
      z.minLength(1),
      z.maxLength(MOST_CHECKS),
      z.refine((checks) => new Set(checks.map((check) => check.id)).size === checks.length, 'two checks have the same id'),
      z.refine((checks) => checks.filter(({ type }) => type === 'measured').length <= MOST_MEASURED, 'more than 40 properties are measured'),
    ),
  sampling: Sampling,
})
export type StandardForm = z.infer<typeof StandardForm>
/** `version`, `since`, `by`: which it is of this name, from when on and by whom; those that the app brings have none. */
export const Standard = z.extend(StandardForm, { id: Id, version: z.optional(Version), since: z.optional(z.iso.datetime()), by: z.optional(z.string().check(z.maxLength(120))) })
export type Standard = z.infer<typeof Standard>

/** What was ordered, by check: the targets of the checks whose limits lie around it, in thousandths of their unit. */
export type Targets = Readonly<Record<string, number>>

function inOrder(values: readonly (number | null)[]): boolean {
  const given = values.filter((value) => value !== null)
  return given.every((value, index) => index === 0 || (given[index - 1] ?? value) <= value)
}
