/** A site's own factory standards (產品出廠標準): each is a version of its name, and whoever changed it before somebody else looked is asked to look. */
import * as z from 'zod/mini'
import { MOST_STANDARDS, type Standard, StandardForm } from '../../shared/inspection/standard.ts'
import type { Act } from '../../shared/order/order.ts'
import { type Site, siteDocId } from '../../shared/site/site.ts'
import type { WriteTx } from '../log/log.ts'
import { problem } from '../routes/problem.ts'
import { changeSite } from './change.ts'

/** `was`: the version that the person changed; 0 where the site had none of its own. */
export const StandardChange = z.extend(StandardForm, { was: z.int().check(z.minimum(0)) })
export type StandardChange = z.infer<typeof StandardChange>
type Changed = { site: Site; heads: Map<string, number> }

export async function putStandard(tx: WriteTx, site: string, id: string, { was, ...form }: StandardChange, act: Act): Promise<Changed> {
  const { standards, reduced } = await inspectionOf(tx, site)
  const before = standards.find((each) => each.id === id)
  if (versionOf(before) !== was) throw problem(409, 'changed-meanwhile', { name: before?.by ?? '' })
  if (!before && standards.length >= MOST_STANDARDS) throw problem(409, 'too-many-standards', { most: MOST_STANDARDS })
  const after: Standard = { ...form, id, version: was + 1, since: act.at, by: act.name }
  const all = before ? standards.map((each) => (each === before ? after : each)) : [...standards, after]
  return changeSite(tx, site, { inspection: { standards: all, reduced } }, act)
}

export const Reduced = z.object({ reduced: z.boolean() })
/** Whether quality wants good lots to earn reduced inspection (switching.ts). */
export async function putReduced(tx: WriteTx, site: string, { reduced }: z.infer<typeof Reduced>, act: Act): Promise<Changed> {
  const { standards } = await inspectionOf(tx, site)
  return changeSite(tx, site, { inspection: { standards, reduced } }, act)
}

/** It is no longer asked for; the app's own of that name is again, where there is one. What was judged by it keeps it. */
export async function dropStandard(tx: WriteTx, site: string, id: string, act: Act): Promise<Changed> {
  const { standards, reduced } = await inspectionOf(tx, site)
  if (!standards.some((each) => each.id === id)) throw problem(404, 'no-standard')
  return changeSite(tx, site, { inspection: { standards: standards.filter((each) => each.id !== id), reduced } }, act)
}

const versionOf = (standard: Standard | undefined): number => (standard ? (standard.version ?? 1) : 0)

async function inspectionOf(tx: WriteTx, site: string): Promise<NonNullable<Site['inspection']>> {
  const body = (await tx.docs(site, [siteDocId(site)])).get(siteDocId(site))?.body
  if (body?.kind !== 'site') throw new Error(`site ${site} has no doc ${siteDocId(site)}`)
  return body.inspection ?? { standards: [], reduced: false }
}
