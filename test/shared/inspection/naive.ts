/**
 * The switching rules once more, told backwards: no running count is kept. Where the present severity began is looked for in the
 * whole past again for every lot, and every condition is read off the lots since then, as the standard's sentences put it.
 */
import type { Past } from '../../../shared/inspection/switching.ts'
import type { Lot } from './history.ts'

type Name = 'normal' | 'tightened' | 'reduced' | 'stopped'
/** For each Ac of Table II-A the Ac to the left of it. */
const LEFT: Record<number, number> = { 2: 1, 3: 2, 5: 3, 7: 5, 10: 7, 14: 10, 21: 14, 30: 21, 44: 30 }

export function naiveSeverity(history: readonly Past[]): Name {
  let name: Name = 'normal'
  let began = 0
  history.forEach((_, index) => {
    const next = switchOf(name, history.slice(began, index + 1), history.slice(0, index + 1))
    if (next === name) return
    name = next
    began = index + 1
  })
  return name
}

function switchOf(name: Name, since: readonly Past[], all: readonly Past[]): Name {
  const last = since.at(-1)
  const counted = since.filter((each): each is Lot => each.type === 'LotJudged' && each.original && (each.severity === name || each.found >= each.re))
  const failed = counted.map((lot) => lot.found >= lot.re)
  if (name === 'stopped') return last?.type === 'InspectionResumed' ? 'tightened' : name
  if (name === 'tightened') {
    if (failed.filter(Boolean).length >= 5) return 'stopped'
    return failed.length >= 5 && !failed.slice(-5).includes(true) ? 'normal' : name
  }
  if (name === 'reduced') {
    const bad = counted.some((lot) => lot.found > lot.ac)
    return bad || last?.type === 'ProductionUpset' || last?.type === 'ReducedUnwanted' ? 'normal' : name
  }
  if (failed.slice(-5).filter(Boolean).length >= 2) return 'tightened'
  return scoreOf(counted) >= 30 && latest(all, 'ProductionSteadied', 'ProductionUpset', true) && latest(all, 'ReducedWanted', 'ReducedUnwanted', false) ? 'reduced' : name
}

function scoreOf(counted: readonly Lot[]): number {
  const resets = (lot: Lot) => (lot.ac < 2 ? lot.found >= lot.re : lot.found > (LEFT[lot.ac] ?? Number.NaN))
  const good = counted.slice(counted.findLastIndex(resets) + 1)
  return good.reduce((sum, lot) => sum + (lot.ac < 2 ? 2 : 3), 0)
}

/** Which of the two was said last. */
function latest(all: readonly Past[], yes: Past['type'], no: Past['type'], before: boolean): boolean {
  const said = all.findLast((each) => each.type === yes || each.type === no)
  return said ? said.type === yes : before
}
