/** What an inspection says, in the person's language: names of checks, plans, limits, and why it was judged so. */
import { useI18n } from 'petite-vue-i18n'
import type { ClassFound, Judgement, JudgeReason, LotFound } from '../../shared/inspection/judge.ts'
import { reasonsOf } from '../../shared/inspection/reasons.ts'
import type { Measured } from '../../shared/inspection/report.ts'
import type { Name } from '../../shared/inspection/terms.ts'
import { NBSP, useFormat } from '../format.ts'

export function useInspectWords() {
  const { t } = useI18n()
  const format = useFormat()
  const nameOf = (name: Name) => ('key' in name ? t(name.key) : name.text)
  const value = (thousandths: number) => format.number(thousandths / 1000)
  const unit = (text: string, of: Measured['unit']) => (of === '%' ? `${text}%` : `${text}${NBSP}${of}`)

  /** 1,089–1,095 mm; ≤ 2 mm; '' where nothing is to be kept. */
  function limits({ lower, upper, unit: of }: Measured): string {
    if (lower !== null && upper !== null) return unit(`${value(lower)}–${value(upper)}`, of)
    if (upper !== null) return unit(`≤${NBSP}${value(upper)}`, of)
    return lower === null ? '' : unit(`≥${NBSP}${value(lower)}`, of)
  }
  /** How far beyond its limits: 高 2 g/m². */
  function beyond({ lower, upper, unit: of }: Measured, read: number): string {
    if (upper !== null && read > upper) return t('inspect.above', { by: unit(value(read - upper), of) })
    if (lower !== null && read < lower) return t('inspect.below', { by: unit(value(lower - read), of) })
    return ''
  }
  const rule = ({ ac, re }: ClassFound) => t('inspect.rule', { ac, re })
  function reason(each: JudgeReason, { measures }: LotFound): string {
    switch (each.type) {
      case 'found':
        return t('inspect.why.found', { defect: t(`inspection.defects.${each.defect}`), found: each.found, re: each.re })
      case 'between':
        return t('inspect.why.between', { defect: t(`inspection.defects.${each.defect}`), found: each.found, ac: each.ac })
      case 'values-missing':
        return t('inspect.why.values', { checks: format.list(measures.filter(({ check }) => each.checks.includes(check)).map(({ name }) => nameOf(name))) })
      case 'units-missing':
        return t('inspect.why.units', { looked: each.looked, drawn: each.drawn })
    }
  }
  /** Why it was judged so, a sentence each. */
  const reasons = (judgement: Judgement, found: LotFound): string[] => reasonsOf(judgement, found).map((each) => reason(each, found))
  return { nameOf, value, unit, limits, beyond, rule, reasons }
}
