/** What a scanner sends of a symbol that holds this: the opposite of parse.ts, for GS1's vectors. */
import { checkDigitOf, isChecked } from '../../../../shared/scan/gs1/digits.ts'
import { GS } from '../../../../shared/scan/gs1/element.ts'
import { readNotation, toElementString } from '../../../../shared/scan/gs1/element-string.ts'

/** Symbols with the AIM identifier they have as plain ones, if any, and as GS1's. */
const SYMBOLS = {
  'QR': ['Q1', 'Q3'],
  'DataMatrix': ['d1', 'd2'],
  'DotCode': ['J0', 'J1'],
  'GS1-128': [null, 'C1'],
  'DataBar Expanded': [null, 'e0'],
} as const
const PRIMARIES = { 'DataBar': 14, 'DataBar Limited': 14, 'EAN-13': 13, 'UPC-A': 12, 'UPC-E': 12, 'EAN-8': 8 } as const
export type Carrier = keyof typeof SYMBOLS | keyof typeof PRIMARIES

/** `content` is GS1's test notation (`^01…`), digits, or text, in which `\^` begins one with a '^'. Null: this symbol can't hold it. */
export function transmissionOf(content: string, symbol: Carrier): string | null {
  if (!isPrimary(symbol)) {
    const [plain, ofGs1] = SYMBOLS[symbol]
    if (!content.startsWith('^')) return plain && `]${plain}${content.replace(/^\\(?=\\*\^)/, '')}`
    const sent = elementsOf(content)
    // An FNC1 at the end is sent, though nothing follows.
    return sent === null ? null : `]${ofGs1}${sent}${content.endsWith('^') ? GS : ''}`
  }
  const [primary = '', second] = content.split('|', 2)
  const key = keyOf(primary.replace(/^\^01/, ''), PRIMARIES[symbol])
  const composite = second === undefined ? '' : elementsOf(second)
  if (key === null || composite === null || (symbol === 'DataBar Limited' && key > '19999999999999')) return null
  if (symbol === 'DataBar' || symbol === 'DataBar Limited') return `]e001${key}${composite}`
  const [aim, digits] = symbol === 'EAN-8' ? ['E4', key.slice(6)] : ['E0', key.slice(1)]
  return `]${aim}${digits}${composite && `|]e0${composite}`}`
}

const isPrimary = (symbol: Carrier): symbol is keyof typeof PRIMARIES => symbol in PRIMARIES

function elementsOf(notation: string): string | null {
  const read = readNotation(notation)
  return 'error' in read ? null : toElementString(read.value).slice(1)
}

/** Fourteen digits: what fills the symbol, with a check digit that is right or added. */
function keyOf(digits: string, length: number): string | null {
  const whole = digits.length === length - 1 ? digits + checkDigitOf(digits) : digits
  return isChecked(whole) && /^0*$/.test(whole.padStart(14, '0').slice(0, 14 - length)) && whole.length <= 14 ? whole.padStart(14, '0') : null
}
