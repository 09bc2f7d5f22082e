/** Numbers as people write them: 1,234.50 and 1.234,50, full-width digits, currency signs, brackets for below zero. */

export const DECIMALS = ['point', 'comma'] as const
export type Decimal = (typeof DECIMALS)[number]

/** Full-width and other compatibility forms become the plain ones; so does every kind of space. */
export function plain(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s\u200b\ufeff]+/g, ' ').trim()
}

const SIGNS = /^(?:nt\$|us\$|hk\$|a\$|c\$|s\$|rmb|[a-z]{3}(?=[\s\d.,(-])|[$£€¥₩₫฿])\s*|\s*(?:元|円|圓|圆|[a-z]{3}|[$£€¥])$/gi

/** The digits with their separators, sign in front, or null if this is no number. `rest` is what follows, such as a unit. */
export function splitNumber(text: string): { digits: string; rest: string } | null {
  const bare = plain(text).replace(/^'/, '').replaceAll(SIGNS, '').trim()
  const bracketed = /^\((.+)\)$/.exec(bare)
  const match = /^([+-]?)\s*(\d[\d.,' ]*|[.,]\d+)(?:e([+-]?\d{1,2})(?![a-z]))?(-?)\s*(.*)$/i.exec(bracketed?.[1]?.replaceAll(SIGNS, '') ?? bare)
  if (!match) return null
  const [, sign = '', body = '', power = '', trailing = '', rest = ''] = match
  const negative = bracketed !== null || sign === '-' || trailing === '-'
  const digits = body.replaceAll(/[' ]/g, '').replace(/[.,]$/, '')
  return { digits: `${negative ? '-' : ''}${digits}${power === '' ? '' : `e${power}`}`, rest: rest.trim() }
}

export type NumberStyle = { decimal: Decimal; ambiguous: boolean }
/** Counts what speaks for either style over a whole column. */
export type NumberProfile = { point: number; comma: number; open: number }
export const newNumberProfile = (): NumberProfile => ({ point: 0, comma: 0, open: 0 })

export function profileNumber(profile: NumberProfile, text: string): void {
  const digits = splitNumber(text)?.digits
  if (digits === undefined || !/[.,]/.test(digits)) return
  const point = digits.lastIndexOf('.')
  const comma = digits.lastIndexOf(',')
  const several = (mark: string) => digits.split(mark).length > 2
  const threes = (mark: string) => digits.replace('-', '').split(mark).slice(1).every((part) => part.length === 3)
  if (point >= 0 && comma >= 0) profile[point > comma ? 'point' : 'comma'] += 1
  else if (comma >= 0) {
    if (several(',')) profile.point += 1
    else if (threes(',')) profile.open += 1
    else profile.comma += 1
  } else if (several('.')) profile.comma += 1
  else profile.point += threes('.') ? 0.01 : 1
}

/** One comma before three digits, as in 1,234, says nothing by itself: it separates thousands unless the column shows otherwise. */
export function numberStyle(profile: NumberProfile): NumberStyle {
  const decimal = profile.comma > profile.point ? 'comma' : 'point'
  return { decimal, ambiguous: profile.point >= 1 && profile.comma >= 1 }
}

/** The value, or null. Separators of thousands have to stand where thousands are. */
export function parseNumber(text: string, decimal: Decimal): { value: number; rest: string } | null {
  const split = splitNumber(text)
  if (!split) return null
  const { digits, rest } = split
  const shape = decimal === 'point' ? /^-?(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?(e[+-]?\d+)?$/ : /^-?(\d+|\d{1,3}(\.\d{3})+)?(,\d+)?(e[+-]?\d+)?$/
  if (!shape.test(digits)) return null
  const value = Number(decimal === 'point' ? digits.replaceAll(',', '') : digits.replaceAll('.', '').replace(',', '.'))
  return Number.isFinite(value) ? { value, rest } : null
}
