/** A product's factory standard (產品出廠標準, M15) as data: what is looked at, how bad a failure is, and how many units are looked at. */
import * as z from 'zod/mini'
import { Unit } from '../order/quantity.ts'
import { AQLS, LEVELS } from './plan.ts'

/** Classes of defect, the gravest first: unsafe or unlawful to use · not fit for its use · a blemish. */
export const DEFECTS = ['critical', 'major', 'minor'] as const
export const Defect = z.enum(DEFECTS)
export type Defect = z.infer<typeof Defect>

/** What is measured is counted in thousandths of one of these, whole numbers. */
export const MEASURES = ['mm', 'µm', 'g/m²', '%', 'kg', 'm'] as const
export const Measure = z.enum(MEASURES)
export type Measure = z.infer<typeof Measure>
export const Thousandths = z.int().check(z.minimum(-1_000_000_000), z.maximum(1_000_000_000))

/** A name that the app brings is a key of `client/messages`; one that a site wrote is its own words. */
export const Name = z.union([
  z.object({ key: z.string().check(z.regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)+$/), z.maxLength(120)) }),
  z.object({ text: z.string().check(z.minLength(1), z.maxLength(200)) }),
])
export type Name = z.infer<typeof Name>
export const Id = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]*$/), z.maxLength(60))

/** The parts of an inspection before shipping (M15), and the properties of the product itself. */
export const AREAS = ['quantity', 'appearance', 'labels', 'properties'] as const
export const Area = z.enum(AREAS)
export type Area = z.infer<typeof Area>

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
  z.object({ type: z.literal('measured'), ...common, unit: Measure, thousandths: Limits, /** measured where somebody wishes it */ spare: z.optional(z.boolean()) }),
])
export type Check = z.infer<typeof Check>
export type MeasuredCheck = Extract<Check, { type: 'measured' }>

/** Units are counted, so an AQL is a percentage of them: above 10 it would be defects per hundred units. */
const UnitAql = z.enum(AQLS.slice(0, AQLS.indexOf('10') + 1))
/** `critical` says how many units are looked at for critical defects; none is accepted, whatever its plan says. */
export const Sampling = z.object({ level: z.enum(LEVELS), aql: z.object({ critical: UnitAql, major: UnitAql, minor: UnitAql }) })
export type Sampling = z.infer<typeof Sampling>

/** The products it is for: those of one of these units whose name, specification or code has one of these words; no words, all of them. */
const Fits = z.array(z.object({ units: z.array(Unit).check(z.maxLength(20)), words: z.array(z.string().check(z.minLength(1), z.maxLength(60))).check(z.maxLength(40)) })).check(z.maxLength(20))

export const Standard = z.object({
  id: Id,
  name: Name,
  fits: Fits,
  checks: z
    .array(Check)
    .check(
      z.minLength(1),
      z.maxLength(200),
      z.refine((checks) => new Set(checks.map((check) => check.id)).size === checks.length, 'two checks have the same id'),
    ),
  sampling: Sampling,
})
export type Standard = z.infer<typeof Standard>

/** What was ordered, by check: the targets of the checks whose limits lie around it, in thousandths of their unit. */
export type Targets = Readonly<Record<string, number>>

function inOrder(values: readonly (number | null)[]): boolean {
  const given = values.filter((value) => value !== null)
  return given.every((value, index) => index === 0 || (given[index - 1] ?? value) <= value)
}
