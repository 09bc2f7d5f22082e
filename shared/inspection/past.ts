/** What the lots of a product were like, read off the orders that a device knows: by it the next lot is inspected (switching.ts). */
import { inspectionsOf, type Order } from '../order/order.ts'
import { DEFECTS, type Defect } from './terms.ts'
import { BEGINNING, type Past, severityAfter, type Standing } from './switching.ts'

/** Lots that are looked back on: a product's severity is as long forgotten as they are. */
export const LOOKED_BACK = 60

/** How every class of defect of a product stands. `wanted`: quality wants good lots to earn reduced inspection (105E 4.7.3 d). */
export function standingsOf(orders: readonly Order[], sku: string, wanted: boolean): Record<Defect, Standing> {
  const lots = orders.flatMap((order) => lotsIn(order, sku)).toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(-LOOKED_BACK)
  const of = (defect: Defect) => severityAfter([...(wanted ? [{ type: 'ReducedWanted' } as const] : []), ...lots.map(({ past }) => past[defect])])
  return { critical: of('critical'), major: of('major'), minor: of('minor') }
}
export const UNKNOWN: Record<Defect, Standing> = { critical: BEGINNING, major: BEGINNING, minor: BEGINNING }

/** The lot of a line that was inspected before in the same order comes back sorted or reworked. */
function lotsIn(order: Order, sku: string): { at: string; past: Record<Defect, Past> }[] {
  const seen = new Set<number>()
  return inspectionsOf(order).flatMap(({ at, lots = [] }) =>
    lots.flatMap((lot) => {
      if (lot.sku !== sku || lot.proposal === 'unfinished') return []
      const original = !seen.has(lot.line)
      seen.add(lot.line)
      const [critical, major, minor] = DEFECTS.map((defect): Past => {
        const { found = 0, ac = 0, re = 1 } = lot.classes.find((each) => each.defect === defect) ?? {}
        return { type: 'LotJudged', original, severity: lot.severity[defect], found, ac, re }
      })
      return critical && major && minor ? [{ at, past: { critical, major, minor } }] : []
    }),
  )
}
