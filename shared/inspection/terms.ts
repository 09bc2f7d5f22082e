/** The terms in which standards and inspections speak: classes of defect, measures, areas, names, how many are looked at. */
import * as z from 'zod/mini'
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

/** How many spot readings a lot wants of it; one where it isn't said. */
export const MOST_SAMPLES = 50
export const Samples = z.int().check(z.minimum(1), z.maximum(MOST_SAMPLES))
/** Units are counted, so an AQL is a percentage of them: above 10 it would be defects per hundred units. */
const UnitAql = z.enum(AQLS.slice(0, AQLS.indexOf('10') + 1))
export const UNIT_AQLS = UnitAql.options
/** `critical` says how many units are looked at for critical defects; none is accepted, whatever its plan says. `all`: every unit of every lot (100%). */
export const Sampling = z.object({ level: z.enum(LEVELS), aql: z.object({ critical: UnitAql, major: UnitAql, minor: UnitAql }), all: z.optional(z.boolean()) })
export type Sampling = z.infer<typeof Sampling>

export const Version = z.int().check(z.minimum(1), z.maximum(1_000_000))
