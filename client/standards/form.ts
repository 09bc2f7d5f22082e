/** A factory standard as it is filled in, and as the rules take it: every entry is text until it is read, once, at the end. */
import type { Check, MeasuredCheck, StandardForm } from '../../shared/inspection/standard.ts'
import { AREAS, type Area, type Defect, type Measure, MOST_SAMPLES, type Name, type Sampling } from '../../shared/inspection/terms.ts'
import type { Unit } from '../../shared/order/quantity.ts'
import { thousandthsOf } from '../inspect/lots.ts'

/** `name`: as it stands in the field; `key`: what the app calls it, as long as nobody wrote another name. */
type Named = { id: string; name: string; key: string | null; defect: Defect }
/** `around`: the figures are how far below and above what was ordered, in the unit or in percent. */
export type MeasureEntry = Named & { area: Area; photo: boolean; unit: Measure | ''; limits: 'fixed' | 'unit' | 'target'; lower: string; upper: string; target: number | null; samples: string; asked: boolean }
export type LookEntry = Named & { area: Area; photo: boolean }
export type FitEntry = { units: Unit[]; words: string }
export type Entry = { name: string; key: string | null; skus: string; fits: FitEntry[]; measures: MeasureEntry[]; looks: LookEntry[]; sampling: Sampling }

export const newMeasure = (id: string): MeasureEntry => ({ id, name: '', key: null, defect: 'major', area: 'properties', photo: false, unit: '', limits: 'fixed', lower: '', upper: '', target: null, samples: '1', asked: true })
export const newLook = (id: string): LookEntry => ({ id, name: '', key: null, defect: 'major', area: 'appearance', photo: true })

/** What names are in the person's language is the screen's to say. */
export function entryOf(standard: StandardForm, say: (key: string) => string): Entry {
  const named = (name: Name) => ('key' in name ? { name: say(name.key), key: name.key } : { name: name.text, key: null })
  return {
    ...named(standard.name),
    skus: (standard.skus ?? []).join(' '),
    fits: standard.fits.map(({ units, words }) => ({ units: [...units], words: words.join('、') })),
    measures: standard.checks.flatMap((check) => (check.type === 'measured' ? [{ ...named(check.name), ...measureOf(check) }] : [])),
    looks: standard.checks.flatMap(({ id, type, name, defect, area, photo }) => (type === 'yes-no' ? [{ ...named(name), id, defect, area, photo }] : [])),
    sampling: { ...standard.sampling, aql: { ...standard.sampling.aql } },
  }
}
function measureOf({ id, defect, area, photo, unit, thousandths: limits, spare = false, samples = 1 }: MeasuredCheck): Omit<MeasureEntry, 'name' | 'key'> {
  const common = { id, defect, area, photo, unit, samples: String(samples), asked: !spare }
  const plain = (value: number | null, scale = 1000) => (value === null ? '' : String(value / scale))
  if (limits.type === 'fixed') return { ...common, limits: 'fixed', lower: plain(limits.lower), upper: plain(limits.upper), target: limits.target }
  // Thousandths of the target are tenths of a percent.
  const scale = limits.of === 'target' ? 10 : 1000
  return { ...common, limits: limits.of, lower: plain(limits.below, scale), upper: plain(limits.above, scale), target: null }
}

/** `field` is a path as in the entry: name, measures.0.lower. `came` repeats what was entered. */
export type Wrong = { field: string; wanted: 'name' | 'twice' | 'goods' | 'unit' | 'number' | 'limit' | 'order' | 'below' | 'samples' | 'checks'; came: string }

export function readEntry(entry: Entry): { form: StandardForm; wrong: Wrong[] } {
  const wrong: Wrong[] = []
  const say = (field: string, wanted: Wrong['wanted'], came = '') => wrong.push({ field, wanted, came })
  const nameOf = ({ name, key }: { name: string; key: string | null }, field: string): Name => {
    const text = name.trim()
    if (text === '') say(field, 'name')
    return key === null ? { text } : { key }
  }
  const name = nameOf(entry, 'name')
  const skus = partsOf(entry.skus, /[\s,，、;；]+/u)
  const fits = entry.fits.filter(({ units }) => units.length > 0).map(({ units, words }) => ({ units, words: partsOf(words, /[,，、;；\n]+/u) }))
  if (skus.length === 0 && fits.length === 0) say('goods', 'goods')
  if (entry.measures.length + entry.looks.length === 0) say('checks', 'checks')

  const taken = new Set<string>()
  const once = (text: string, field: string) => {
    const folded = text.trim().normalize('NFKC').toLowerCase()
    if (folded !== '' && taken.has(folded)) say(field, 'twice', text)
    taken.add(folded)
  }
  const measures = entry.measures.map((each, i): Check => {
    const path = `measures.${i}`
    const said = nameOf(each, `${path}.name`)
    once(each.name, `${path}.name`)
    if (each.unit === '') say(`${path}.unit`, 'unit')
    const samples = Number(each.samples.normalize('NFKC'))
    if (!Number.isInteger(samples) || samples < 1 || samples > MOST_SAMPLES) say(`${path}.samples`, 'samples', each.samples)
    const { id, area, defect, photo } = each
    return { type: 'measured', id, name: said, area, defect, photo, unit: each.unit === '' ? 'mm' : each.unit, thousandths: limitsIn(each, path, say), ...(each.asked ? {} : { spare: true }), ...(samples > 1 && { samples }) }
  })
  const looks = entry.looks.map((each, i): Check => {
    const said = nameOf(each, `looks.${i}.name`)
    once(each.name, `looks.${i}.name`)
    const { id, area, defect, photo } = each
    return { type: 'yes-no', id, name: said, area, defect, photo }
  })
  return { form: { name, fits, ...(skus.length > 0 && { skus }), checks: [...looks, ...measures], sampling: entry.sampling }, wrong }
}

function limitsIn({ limits, lower, upper, target }: MeasureEntry, path: string, say: (field: string, wanted: Wrong['wanted'], came?: string) => void): MeasuredCheck['thousandths'] {
  const read = (text: string, field: 'lower' | 'upper', scale = 1000): number | null => {
    if (text.trim() === '') return null
    const value = thousandthsOf(text)
    if (value === null) say(`${path}.${field}`, 'number', text)
    return value === null ? null : Math.round((value * scale) / 1000)
  }
  if (limits === 'fixed') {
    const [low, high] = [read(lower, 'lower'), read(upper, 'upper')]
    if (lower.trim() === '' && upper.trim() === '') say(`${path}.lower`, 'limit')
    if (low !== null && high !== null && low > high) say(`${path}.upper`, 'order', `${lower} > ${upper}`)
    const kept = target !== null && (low === null || low <= target) && (high === null || target <= high) ? target : null
    return { type: 'fixed', lower: low, target: kept, upper: high }
  }
  const scale = limits === 'target' ? 10 : 1000
  const [below, above] = (['lower', 'upper'] as const).map((field) => {
    const text = field === 'lower' ? lower : upper
    if (text.trim() === '') say(`${path}.${field}`, 'number')
    const value = read(text, field, scale) ?? 0
    if (value < 0) say(`${path}.${field}`, 'below', text)
    return Math.max(0, value)
  })
  return { type: 'around', below: below ?? 0, above: above ?? 0, of: limits }
}

const partsOf = (text: string, between: RegExp): string[] => [...new Set(text.split(between).map((part) => part.trim()).filter((part) => part !== ''))]

/** An id that none of them has. */
export function freshId({ measures, looks }: Entry): string {
  const ids = new Set([...measures, ...looks].map(({ id }) => id))
  let n = ids.size + 1
  while (ids.has(`own-${n}`)) n += 1
  return `own-${n}`
}
export const LOOK_AREAS: readonly Area[] = AREAS.filter((area) => area !== 'properties')
