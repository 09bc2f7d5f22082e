/** What an order's line says of a property that a standard measures around it: '厚度 105 µm', 'caliper: 105 µm', '直徑 1200 mm'. */
import type { Line } from '../order/form.ts'
import type { Check, MeasuredCheck } from './standard.ts'
import { folded } from '../work/text.ts'
import type { Measure } from './terms.ts'

/** As they are written on orders, folded. */
const UNITS: Readonly<Record<Measure, string>> = { mm: 'mm|毫米|公釐|公厘', µm: 'μm|um|微米', 'g/m²': 'g/m2|gsm|克', '%': '%', kg: 'kg|公斤|千克', m: 'm|公尺|米' }
/** What the app calls a property, in the words of an order. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  thickness: ['厚度', '厚', 'thickness', 'caliper'],
  moisture: ['水分', '含水率', '含水', 'moisture'],
  diameter: ['卷徑', '卷径', '直徑', '直径', '外徑', '外径', 'diameter'],
  weight: ['卷重', '重量', '單重', '单重', 'weight'],
}
/** Where nothing else on an order's line is said in this unit. */
const TELLING: readonly Measure[] = ['µm', 'g/m²']
const FIGURE = '(-?\\d+(?:\\.\\d+)?)'

/** In thousandths; undefined where the line does not say it. */
export function targetNamed(check: MeasuredCheck, checks: readonly Check[], { name, spec }: Pick<Line, 'name' | 'spec'>): number | undefined {
  const said = folded(`${name} ${spec}`).replaceAll(/(\d),(?=\d{3}\b)/g, '$1')
  const words = namesOf(check).map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const unit = UNITS[check.unit]
  // A figure without its unit is one, too; with another unit it is of something else.
  const named = words.length > 0 ? new RegExp(`(?:${words.join('|')})\\s*[:=≈]?\\s*${FIGURE}(?:\\s*(?:${unit})(?![a-z0-9/])|(?=\\s*(?:$|[,;·、(])))`).exec(said) : null
  if (named) return thousandths(named[1])
  const rivals = checks.filter((each) => each.type === 'measured' && each.unit === check.unit && each.thousandths.type === 'around')
  const figures = [...said.matchAll(new RegExp(`${FIGURE}\\s*(?:${unit})(?![a-z0-9/])`, 'g'))]
  return TELLING.includes(check.unit) && rivals.length === 1 && figures.length === 1 ? thousandths(figures[0]?.[1]) : undefined
}

/** '厚度（單張）' is found as '厚度', too. */
function namesOf({ id, name }: MeasuredCheck): string[] {
  const own = 'text' in name ? [name.text, ...name.text.split(/[(（)）/／、,，]/)] : []
  return [...new Set([...own.map((each) => folded(each).trim()), ...(WORDS[id] ?? [])])].filter((each) => each !== '')
}
const thousandths = (text: string | undefined): number | undefined => (text === undefined ? undefined : Math.round(Number(text) * 1000))
