/** A measured figure beside its baseline of the same run: machines differ, ratios travel. */

export type Figure = {
  name: string
  value: number
  unit: string
  baseline: { name: string; value: number } | null
  /** value ÷ baseline, null without one */
  ratio: number | null
  aim: string
  met: boolean | null
  note: string
}
/** `over` and `under` bind the ratio; `below` the value. */
type Aim = { over: number } | { under: number } | { below: number }
type Measured = { name: string; value: number; unit: string; baseline?: { name: string; value: number }; aim?: Aim; note?: string }

export function figure({ name, value, unit, baseline, aim, note = '' }: Measured): Figure {
  const ratio = baseline ? value / baseline.value : null
  return { name, value, unit, baseline: baseline ?? null, ratio, aim: said(aim, unit), met: aim ? met(aim, value, ratio) : null, note }
}

function said(aim: Aim | undefined, unit: string): string {
  if (!aim) return ''
  if ('over' in aim) return `ratio over ${aim.over}`
  return 'under' in aim ? `ratio under ${aim.under}` : `below ${aim.below} ${unit}`
}
function met(aim: Aim, value: number, ratio: number | null): boolean {
  if ('below' in aim) return value < aim.below
  if (ratio === null) return false
  return 'over' in aim ? ratio > aim.over : ratio < aim.under
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
