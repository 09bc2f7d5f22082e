/** By which standard a line's goods are inspected, and what was ordered of them: read from what the order form says. */
import type { Line } from '../order/form.ts'
import { type Order, pickedOf } from '../order/order.ts'
import type { Unit } from '../order/quantity.ts'
import { GENERAL, STANDARDS } from './paper.ts'
import type { LotReport, Measured, StandardUsed } from './report.ts'
import { limitsOf } from './limits.ts'
import { folded } from '../work/text.ts'
import { targetNamed } from './named.ts'
import type { Check, Standard, Targets } from './standard.ts'

type Goods = Pick<Line, 'sku' | 'name' | 'spec' | 'unit'>

/** The site's own that names the product, the first of its own that fits, or of those that the app brings; one of the same id stands for the app's. */
export function standardFor(goods: Goods, own: readonly Standard[] = []): Standard {
  const said = folded(`${goods.sku} ${goods.name} ${goods.spec}`)
  const fits = ({ fits }: Standard) => fits.some(({ units, words }) => units.includes(goods.unit) && (words.length === 0 || words.some((word) => said.includes(folded(word)))))
  const all = withOwn(own)
  return all.find(({ skus = [] }) => skus.includes(goods.sku)) ?? all.find(fits) ?? all.find(({ id }) => id === GENERAL.id) ?? GENERAL
}

/** All that apply at a site: its own first. */
export function withOwn(own: readonly Standard[]): Standard[] {
  return [...own, ...STANDARDS.filter(({ id }) => !own.some((each) => each.id === id))]
}

/** Bores of cores by their name in inches, as they are made. */
const BORES: Readonly<Record<string, number>> = { '3': 76_000, '4': 102_000, '6': 152_000 }

/** How thick a roll is is not how wide. */
const ACROSS = /(?:卷徑|卷径|直徑|直径|外徑|外径|diameter)\s*[:=≈]?\s*\d+(?:\.\d+)?\s*mm/g

/** '80 g/m²', '1092 mm', '787 × 1092 mm', '芯徑 3 吋'; what it doesn't say has no target, and is not judged. `checks`: what else is measured around what the line names. */
export function targetsOf({ name, spec }: Goods, checks: readonly Check[] = []): Targets {
  const said = folded(`${name} ${spec}`)
  const thousandths = (text: string | undefined) => (text === undefined ? undefined : Math.round(Number(text) * 1000))
  const grammage = thousandths(/(\d+(?:\.\d+)?) *(?:g\/m2|gsm)/.exec(said)?.[1])
  const size = /(\d+(?:\.\d+)?) *(?:mm)? *(?:[×x*] *(\d+(?:\.\d+)?) *)?mm/.exec(said.replaceAll(ACROSS, ''))
  const bore = BORES[/(?:芯徑?|芯径|core) *(\d) *(?:吋|英寸|寸|in|")/.exec(said)?.[1] ?? '']
  const paper = { grammage, width: thousandths(size?.[1]), length: thousandths(size?.[2]), 'core-bore': bore }
  const named = checks.flatMap((check) => (check.type === 'measured' && check.thousandths.type === 'around' ? [[check.id, targetNamed(check, checks, { name, spec })] as const] : []))
  const found = { ...Object.fromEntries(named), ...defined(paper) }
  return defined(found)
}
function defined(found: Readonly<Record<string, number | undefined>>): Targets {
  return Object.fromEntries(Object.entries(found).filter((each): each is [string, number] => each[1] !== undefined))
}

/** What is handled and looked at one by one; of everything else a unit is what was picked at once. */
const COUNTED: readonly Unit[] = ['roll', 'ream', 'pallet', 'box', 'pack', 'piece']
/** How many units of a line lie in the pile; 0: nothing of it. */
export function unitsOf(order: Order, line: Line): number {
  return COUNTED.includes(line.unit) ? pickedOf(order, line.no) : order.picks.filter((pick) => pick.line === line.no && pick.quantity > pick.back).length
}

/** The standard as it goes on the record. */
export function usedOf({ id, name, version, sampling, checks }: Standard): StandardUsed {
  const looked = checks.filter((check) => check.type === 'yes-no')
  return { id, name, ...(version && { version }), sampling, checks: looked.map((check) => ({ id: check.id, name: check.name, area: check.area, defect: check.defect })) }
}
/** What is to be measured, without a value yet: asked first. What has no limits is never asked, and nothing is judged by it. */
export function measuresOf({ checks }: Standard, targets: Targets): Measured[] {
  const all = checks.flatMap((check): Measured[] => {
    if (check.type !== 'measured') return []
    const limits = limitsOf(check, targets)
    const { id, name, unit, defect, spare = false, samples = 1 } = check
    return [{ check: id, name, unit, defect, lower: limits?.lower ?? null, upper: limits?.upper ?? null, asked: limits !== null && !spare, ...(samples > 1 && { samples }), values: [] }]
  })
  return [...all.filter(({ asked }) => asked), ...all.filter(({ asked }) => !asked)]
}

/** One inspection looks at whole goods: a lot for every line that has something in the pile. */
export type Offered = Pick<LotReport, 'line' | 'sku' | 'size'> & { goods: Line; standard: Standard; targets: Targets }
export function lotsOf(order: Order, own: readonly Standard[] = []): Offered[] {
  return order.lines.flatMap((goods) => {
    const size = unitsOf(order, goods)
    return size > 0 ? [{ line: goods.no, sku: goods.sku, size, goods, ...standardAnd(goods, own) }] : []
  })
}
function standardAnd(goods: Line, own: readonly Standard[]): Pick<Offered, 'standard' | 'targets'> {
  const standard = standardFor(goods, own)
  return { standard, targets: targetsOf(goods, standard.checks) }
}
