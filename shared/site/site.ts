/** A site as its devices know it: its name, its clock, its money, and by which rules the next work is chosen (M2). */
import * as z from 'zod/mini'
import type { Standard } from '../inspection/standard.ts'
import { readTolerance } from '../order/tolerance.ts'
import { WorkRule } from '../work/rule.ts'

/** What a supervisor may change of a site at once; its factory standards go one by one (server/site/standards.ts). */
export const SiteForm = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(120)),
  /** first by one, ties by the next */
  workRules: z.array(WorkRule).check(z.minLength(1), z.maxLength(6), z.refine((rules) => new Set(rules).size === rules.length, 'a rule stands twice')),
  /** hours after which an order that is passed over rises above the rules (rise.ts); as usual where it was never set */
  riseAfterH: z.optional(z.int().check(z.minimum(1), z.maximum(720))),
  /** the company's GS1 prefix and the site's extension digit: packages get an SSCC; without, numbers of the site's own (package-code.ts) */
  sscc: z.optional(z.nullable(z.object({ extension: z.string().check(z.regex(/^\d$/)), prefix: z.string().check(z.regex(/^\d{4,12}$/)) }))),
  /** packages may be ticked off at the vehicle without a scan; so where it was never set */
  loadByTap: z.optional(z.boolean()),
  /** how a picker confirms: by tap too, or by scanning the place and the goods; as usual (tap) where it was never set */
  pickBy: z.optional(z.enum(['tap', 'scan'])),
  /** the usual tolerance, for orders that name none (tolerance.ts); absent or '': exactly what was ordered */
  tolerance: z.optional(z.string().check(z.maxLength(120), z.refine((text) => text === '' || readTolerance(text) !== null, 'no tolerance'))),
})
export type SiteForm = z.infer<typeof SiteForm>

export type Site = SiteForm & {
  /** the mill's own factory standards, asked before those that the app brings; and whether good lots earn reduced inspection */
  inspection?: { standards: Standard[]; reduced: boolean }
  kind: 'site'
  /** `site-` and the site's id, so that it never meets an order's */
  id: string
  site: string
  version: number
  /** IANA time zone */
  zone: string
  /** ISO 4217 */
  currency: string
}
export const siteDocId = (site: string): string => `site-${site}`
