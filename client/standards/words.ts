/** What a factory standard is for and asks, in words. */
import { useI18n } from 'petite-vue-i18n'
import { plansFor } from '../../shared/inspection/sample.ts'
import type { Standard } from '../../shared/inspection/standard.ts'
import type { Sampling } from '../../shared/inspection/terms.ts'
import { useFormat } from '../format.ts'

const NORMAL = { critical: 'normal', major: 'normal', minor: 'normal' } as const

export function useStandardWords() {
  const { t } = useI18n()
  const format = useFormat()
  /** 卷：紙、纸…；kg、m：卷、roll… */
  function goods({ skus = [], fits }: Standard): string {
    const few = (all: readonly string[], most: number) => `${format.list(all.slice(0, most))}${all.length > most ? '…' : ''}`
    const kinds = fits.map(({ units, words }) => [few(units.map((unit) => t(`order.units.${unit}`)), 4), few(words, 2)].filter((part) => part !== '').join(t('standards.colon')))
    return [few(skus, 3), ...kinds].filter((part) => part !== '').join(t('standards.semicolon')) || t('standards.anything')
  }
  const what = ({ checks }: Standard) => t('standards.counts', { measured: checks.filter(({ type }) => type === 'measured').length, looked: checks.filter(({ type }) => type === 'yes-no').length })
  const sampling = ({ all, level, aql }: Sampling) => (all ? t('standards.whole') : t('standards.plan', { level, critical: aql.critical, major: aql.major, minor: aql.minor }))
  /** What the tables make of it for a lot of that size. */
  function example(given: Sampling, size: number): string {
    const { critical, major, minor } = plansFor({ sampling: given, size, severity: NORMAL })
    const drawn = given.all ? size : Math.min(size, Math.max(critical.n, major.n, minor.n))
    return t('standards.example', { size: format.number(size), drawn: format.number(drawn), major: major.ac, minor: minor.ac })
  }
  return { goods, what, sampling, example }
}
