/** How the products of an order are to be inspected, by what this device knows of their lots; live, undefined until it was read. */
import { LOOKED_BACK, standingsOf } from '../../shared/inspection/past.ts'
import type { Defect } from '../../shared/inspection/terms.ts'
import type { Standing } from '../../shared/inspection/switching.ts'
import { useDevice } from '../live/device.ts'
import { ordersIn } from '../live/docs.ts'
import { type Live, useLive } from '../live/live.ts'
import { useSession } from '../session.ts'

export type Standings = ReadonlyMap<string, Record<Defect, Standing>>

export function useStandings(skus: () => readonly string[]): Live<Standings> {
  const { db } = useDevice()
  const session = useSession()
  return useLive(
    async ({ all, reduced }) => new Map(await Promise.all(all.map(async (sku) => [sku, standingsOf(await ordersIn(db, `lots:${sku}`, { reverse: true, limit: LOOKED_BACK }), sku, reduced)] as const))),
    () => ({ all: [...new Set(skus())], reduced: session.site?.inspection?.reduced ?? false }),
  )
}
