/** What is filled in at an inspection, lot by lot; what it comes to before it is signed, and whether it can be. */
import { isMissing, type LotFound, judge, type Judgement } from '../../shared/inspection/judge.ts'
import { measuresOf, type Offered, usedOf } from '../../shared/inspection/fit.ts'
import { resultOf } from '../../shared/inspection/disposition.ts'
import { type Counted, DECIDED, type Decided, type LotReport, type Measured } from '../../shared/inspection/report.ts'
import { drawnFor, plansFor } from '../../shared/inspection/sample.ts'
import { AREAS, DEFECTS, type Area, type Defect, type Name } from '../../shared/inspection/terms.ts'
import type { Standing } from '../../shared/inspection/switching.ts'
import type { Payload } from '../../shared/order/commands.ts'

/** `counts`, `notes`, `photos` by the check, or by the class of what no check names; `done`: looked at, the next one is shown. */
export type LotDraft = {
  values: Record<string, string[]>
  counts: Record<string, number>
  notes: Record<string, string>
  photos: Record<string, string[]>
  all: boolean
  done: boolean
  disposition: Decided | null
}
export type Draft = { lots: Record<string, LotDraft>; reason: string; photos: string[] }
export const blankLot = (): LotDraft => ({ values: {}, counts: {}, notes: {}, photos: {}, all: false, done: false, disposition: null })
export const blankFor = (offered: readonly Offered[]): Draft => ({ lots: Object.fromEntries(offered.map(({ line }) => [line, blankLot()])), reason: '', photos: [] })

/** A row to count on: a check of the standard, or (without a name) whatever else there is of a class. */
export type Countable = { key: string; check: string; name: Name | null; area: Area; defect: Defect }
export function countablesOf({ standard }: Offered): Countable[] {
  const looked = standard.checks.filter((check) => check.type === 'yes-no')
  const byArea = AREAS.flatMap((area) => looked.filter((check) => check.area === area))
  return byArea.map(({ id, name, area, defect }) => ({ key: id, check: id, name, area, defect }))
}
export const othersOf = (): Countable[] => DEFECTS.map((defect) => ({ key: `.${defect}`, check: '', name: null, area: 'appearance', defect }))

/** '80,2' → 80200; null: no number that can be kept. */
export function thousandthsOf(typed: string): number | null {
  const text = typed.normalize('NFKC').trim().replace(',', '.')
  const value = Math.round(Number(text) * 1000)
  return /^-?\d+(\.\d+)?$/.test(text) && Math.abs(value) <= 1_000_000_000 ? value : null
}

export type LotView = {
  offered: Offered
  severity: Record<Defect, LotReport['severity'][Defect]>
  /** inspected whole, because it was told to be or because inspection by samples has stopped */
  all: boolean
  stopped: boolean
  drawn: number
  found: LotFound
  /** as if the whole sample had been looked at */
  judgement: Judgement
  /** what is asked for and not measured yet */
  missing: Measured[]
  decided: Decided | null
}
export function viewOf(offered: Offered, lot: LotDraft, standings: Record<Defect, Standing>): LotView {
  const of = (defect: Defect) => (standings[defect].severity === 'stopped' ? 'tightened' : standings[defect].severity)
  const severity = { critical: of('critical'), major: of('major'), minor: of('minor') } as LotView['severity']
  const stopped = DEFECTS.some((defect) => standings[defect].severity === 'stopped')
  const { size, standard, targets } = offered
  const all = lot.all || stopped || standard.sampling.all === true
  const drawn = drawnFor(plansFor({ sampling: standard.sampling, size, severity }), size, all)
  const measures = measuresOf(standard, targets).map((each) => ({ ...each, values: (lot.values[each.check] ?? []).map(thousandthsOf).filter((value) => value !== null) }))
  const found = { size, severity, all, looked: drawn, measures, defects: countedIn(offered, lot) }
  const judgement = judge(standard.sampling, found)
  const { proposal } = judgement
  const said = lot.disposition
  // What is not good is never accepted here; what is, may be kept back all the same.
  const decided = proposal === 'accept' ? (said ?? 'accept') : said === 'accept' ? null : said
  return { offered, severity, all, stopped, drawn, found, judgement, missing: measures.filter(isMissing), decided }
}

function countedIn(offered: Offered, lot: LotDraft): Counted[] {
  return [...countablesOf(offered), ...othersOf()].flatMap(({ key, check, defect }): Counted[] => {
    const count = lot.counts[key] ?? 0
    return count > 0 ? [{ check, defect, count, note: lot.notes[key] ?? '', photos: [...(lot.photos[key] ?? [])] }] : []
  })
}

/** What a person may do with a lot, whatever was found: to accept it is not among it. */
export const HELD = DECIDED.filter((each) => each !== 'accept')

export type Lack = { type: 'values'; line: number } | { type: 'disposition'; line: number } | { type: 'looked'; line: number } | { type: 'reason' }
/** What this lot still lacks before it is done with. */
export function lackOf({ offered: { line }, judgement, decided }: LotView): Lack | null {
  if (decided !== null) return null
  return judgement.proposal === 'unfinished' ? { type: 'values', line } : { type: 'disposition', line }
}

/** The payload to sign, or the first thing that is still missing of it. Goods that are not freed want a reason (M15). */
export function payloadOf(views: readonly LotView[], draft: Draft): { payload: Payload<'Inspect'> } | { lacks: Lack } {
  for (const view of views) {
    const lacks = lackOf(view)
    if (lacks) return { lacks }
    if (!draft.lots[view.offered.line]?.done) return { lacks: { type: 'looked', line: view.offered.line } }
  }
  const lots = views.map(reportOf)
  const result = resultOf(views.flatMap(({ decided, judgement: { proposal } }) => (decided ? [{ disposition: decided, proposal }] : [])))
  const reason = draft.reason.trim()
  if (result !== 'pass' && reason === '') return { lacks: { type: 'reason' } }
  const standards = [...new Map(views.map(({ offered: { standard } }) => [standard.id, usedOf(standard)])).values()]
  return { payload: { result, checks: checksOf(views), reason, photos: [...draft.photos], standards, lots } }
}

/** A lot that was found bad need not have been looked at to the end. */
function reportOf({ offered: { line, sku, standard }, found, decided, judgement: { proposal } }: LotView): LotReport {
  return { ...found, line, sku, standard: standard.id, looked: proposal === 'reject' ? 0 : found.looked, disposition: decided ?? 'hold' }
}

function checksOf(views: readonly LotView[]): Payload<'Inspect'>['checks'] {
  const failed = new Set(
    views.flatMap(({ offered, found }) => {
      const countables = [...countablesOf(offered), ...othersOf()]
      return found.defects.map(({ check, defect }) => countables.find((each) => each.check === check && each.defect === defect)?.area)
    }),
  )
  const said = (area: Area) => (failed.has(area) ? 'fail' : 'pass')
  return { quantity: said('quantity'), appearance: said('appearance'), labels: said('labels') }
}

export const photosIn = ({ lots = [], photos }: Payload<'Inspect'>): string[] => [...new Set([...photos, ...lots.flatMap((lot) => lot.defects.flatMap((each) => each.photos))])]
