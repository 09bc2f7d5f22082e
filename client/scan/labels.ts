/** What was read of a label, and what is wrong with one, in words. */
import { useI18n } from 'petite-vue-i18n'
import type { Element, ReadError } from '../../shared/scan/gs1/element.ts'
import { identifierOf } from '../../shared/scan/gs1/identifiers.ts'
import type { Meaning } from '../../shared/scan/gs1/meaning.ts'
import type { Scan } from '../../shared/scan/scan.ts'
import { useFormat } from '../format.ts'

export type Said = { term: string; text: string }
const NAMED = ['sscc', 'gtin', 'contentGtin', 'lot', 'serial', 'bestBefore', 'expiresOn', 'producedOn', 'orderNumber'] as const

export function useLabels() {
  const { t } = useI18n()
  const format = useFormat()

  /** Each thing that is known of it, with its name. */
  function pairs({ count, measures, others, ...meaning }: Meaning): Said[] {
    return [
      ...NAMED.flatMap((name) => (meaning[name] ? [{ term: t(`scan.says.${name}`), text: meaning[name] }] : [])),
      ...(measures.grams === undefined ? [] : [{ term: t('scan.says.weight'), text: format.weight(measures.grams) }]),
      ...(measures.lengthMillimetres === undefined ? [] : [{ term: t('scan.says.length'), text: `${format.number(measures.lengthMillimetres / 1000)} m` }]),
      ...(count === undefined ? [] : [{ term: t('scan.says.count'), text: format.number(count) }]),
      ...others.map(({ ai, title, value }) => ({ term: title === '' ? t('scan.says.unknown', { ai }) : `(${ai}) ${title}`, text: value })),
    ]
  }
  /** In one line: what goods it is of. */
  function said(scan: Extract<Scan, { is: 'label' }>): string {
    const { lot, serial, gtin, sscc } = scan.meaning
    const parts = [lot ?? serial, gtin ?? sscc].filter((part) => part !== undefined)
    return parts.length > 0 ? parts.join(t('scan.dot')) : scan.text
  }
  function error(wrong: ReadError): string {
    switch (wrong.type) {
      case 'too-short':
      case 'too-long':
        return t(`scan.wrong.${wrong.type}`, { name: nameOf(wrong.ai), wanted: wrong.wanted, came: wrong.came })
      case 'wrong-value':
        return t('scan.wrong.value', { name: nameOf(wrong.ai), came: wrong.came, part: wrong.came.slice(wrong.at, wrong.at + wrong.length) })
      case 'unknown-identifier':
      case 'unknown-symbol':
      case 'separator-sign':
        return t(`scan.wrong.${wrong.type}`, { came: wrong.came })
      case 'check-digit':
      case 'digits-only':
      case 'too-few-digits':
      case 'too-many-digits':
        return t(`scan.wrong.${wrong.type}`, { wanted: wrong.wanted, came: wrong.came })
      case 'nothing-read':
        return t('scan.wrong.nothing-read')
      case 'too-many':
        return t('scan.wrong.too-many', { most: wrong.most })
      case 'brackets':
      case 'envelope':
      case 'link':
        return t(`scan.wrong.${wrong.type}`, { came: wrong.came })
    }
  }
  const nameOf = (ai: string): string => `(${ai}) ${identifierOf(ai)?.title ?? ''}`.trim()
  const elements = (all: readonly Element[]): Said[] => all.map(({ ai, value }) => ({ term: nameOf(ai), text: value }))
  return { pairs, said, error, elements }
}
