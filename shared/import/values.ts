/** One cell → what it means in a field, or why it means nothing there. */
import { GRADES, type Grade, TERMS, type Terms } from '../order/form.ts'
import { minorDigits, scaleOf, UNITS, type Unit } from '../order/quantity.ts'
import { type Decimal, parseNumber, plain } from './numbers.ts'
import type { RowReason } from './wire.ts'

export type Read<T> = { value: T } | { reason: RowReason }
const no = <T>(type: Exclude<RowReason['type'], 'ragged' | 'too-long' | 'not-in-lookup' | 'other-customer' | 'other-currency' | 'too-many-lines' | 'other-row'>): Read<T> => ({ reason: { type } })

const UNIT_WORDS: { readonly [U in Unit]: string } = {
  roll: 'rolls reel reels 捲 卷 支',
  ream: 'reams rm 令',
  sheet: 'sheets sht 張 张',
  pallet: 'pallets plt 棧板 栈板 托盤 托盘',
  box: 'boxes bx carton cartons ctn case cases 箱 盒',
  pack: 'packs pk packet packets bag bags 包 袋',
  piece: 'pieces pc pcs ea each unit units 個 个 件 只 隻 枚',
  kg: 'kgs kilo kilos kilogram kilograms 公斤 千克',
  m: 'meter meters metre metres 公尺 米',
}
const CURRENCY_WORDS: { readonly [code: string]: string } = {
  TWD: 'nt nt$ ntd 新台幣 新臺幣 台幣 臺幣 新台币 台币',
  CNY: 'rmb cnh 人民幣 人民币',
  USD: 'us us$ 美元 美金',
  EUR: '€ 歐元 欧元',
  GBP: '£ 英鎊 英镑',
  JPY: '日圓 日元 日幣 日币',
  HKD: 'hk hk$ 港幣 港币 港元',
}
const TERMS_WORDS: { readonly [T in Terms]: string } = {
  prepaid: 'prepayment advance paid 款到發貨 款到发货 預付 预付 先付款',
  'cash-on-delivery': 'cod 貨到付款 货到付款',
  'deposit-balance': 'deposit 訂金尾款 定金余款 訂金 定金 订金',
  monthly: 'monthlyaccount net30 eom 月結 月结 月結30天 月结30天',
  'letter-of-credit': 'lc l/c 信用狀 信用证 信用證',
  'telegraphic-transfer': 'tt t/t wire 電匯 电汇',
  credit: 'onaccount da d/a 賒帳 赊账 記帳',
}

const said = (text: string) => plain(text).toLowerCase().replaceAll(/[\s.\-_]+/g, '')
function dictionary<T extends string>(names: readonly T[], words: { readonly [name in T]: string }): ReadonlyMap<string, T> {
  return new Map(names.flatMap((name) => [name, ...words[name].split(' ')].map((word) => [said(word), name] as const)))
}
const UNIT_OF = dictionary(UNITS, UNIT_WORDS)
const CURRENCY_OF = dictionary(Object.keys(CURRENCY_WORDS), CURRENCY_WORDS)
const TERMS_OF = dictionary(TERMS, TERMS_WORDS)

export function readUnit(text: string): Read<Unit> {
  const unit = UNIT_OF.get(said(text))
  return unit ? { value: unit } : no('unknown-unit')
}
export function readCurrency(text: string): Read<string> {
  const code = CURRENCY_OF.get(said(text)) ?? plain(text).toUpperCase()
  return /^[A-Z]{3}$/.test(code) ? { value: code } : no('unknown-currency')
}
export function readTerms(text: string): Read<Terms> {
  const terms = TERMS_OF.get(said(text))
  return terms ? { value: terms } : no('unknown-terms')
}
export function readGrade(text: string): Read<Grade> {
  const letter = /^([a-c])(級|级|grade)?$/.exec(said(text))?.[1]?.toUpperCase()
  const grade = GRADES.find((each) => each === letter)
  return grade ? { value: grade } : no('unknown-grade')
}

/** Number and the unit written behind it, if there is one: '12 箱'. */
export function readCount(text: string, decimal: Decimal): Read<{ count: number; unit: Unit | null }> {
  const number = parseNumber(text, decimal)
  if (!number) return no('not-a-number')
  if (number.rest === '') return { value: { count: number.value, unit: null } }
  const unit = readUnit(number.rest)
  return 'value' in unit ? { value: { count: number.value, unit: unit.value } } : no('not-a-number')
}

export const MOST_QUANTITY = 1_000_000_000
/** Whole in the unit, or thousandths of a kg or m. */
export function quantityIn(count: number, unit: Unit): Read<number> {
  if (count === 0) return no('zero')
  if (count < 0) return no('below-zero')
  const scaled = count * scaleOf(unit)
  const whole = Math.round(scaled)
  if (whole > MOST_QUANTITY) return no('too-large')
  if (Math.abs(scaled - whole) > 1e-6 * Math.max(1, whole) || whole === 0) return no(scaleOf(unit) === 1 ? 'not-whole' : 'too-fine')
  return { value: whole }
}

export const MOST_MINOR = 1_000_000_000_000
export function readPrice(text: string, decimal: Decimal): Read<number> {
  const number = parseNumber(text, decimal)
  if (!number || (number.rest !== '' && !/^\//.test(number.rest))) return no('not-a-number')
  return number.value < 0 ? no('below-zero') : { value: number.value }
}
/** `rounded`: the price itself has more digits than its currency. What a discount leaves is rounded without a word. */
export function minorOf(price: number, discount: number, currency: string): Read<{ minor: number; rounded: boolean }> {
  const full = price * 10 ** minorDigits(currency)
  const minor = Math.round(Number((full * (1 - discount)).toFixed(6)))
  return minor > MOST_MINOR ? no('too-large') : { value: { minor, rounded: Math.abs(full - Math.round(full)) > 1e-6 * Math.max(1, full) } }
}

/** A part of one. `percents`: the column counts to a hundred. */
export function readShare(text: string, decimal: Decimal, percents: boolean): Read<number> {
  const number = parseNumber(text, decimal)
  if (!number || (number.rest !== '' && number.rest !== '%')) return no('not-a-number')
  const share = number.rest === '%' || percents ? number.value / 100 : number.value
  return share >= 0 && share <= 1 ? { value: share } : no('not-a-share')
}

/** Grams of one unit. */
export function readWeight(text: string, decimal: Decimal, unit: 'g' | 'kg'): Read<number> {
  const number = parseNumber(text, decimal)
  if (!number || !/^(g|kg|公斤|千克|公克|克)?$/i.test(number.rest)) return no('not-a-number')
  if (number.value < 0) return no('below-zero')
  const kilos = /^(kg|公斤|千克)$/i.test(number.rest) || (number.rest === '' && unit === 'kg')
  const grams = Math.round(number.value * (kilos ? 1000 : 1))
  return grams > MOST_QUANTITY ? no('too-large') : { value: grams }
}

/** A decoder puts this where bytes mean nothing in its encoding. */
const GARBLED = '\ufffd'
export function readText(text: string, most: number, lines: 'one' | 'many'): Read<string> {
  if (text.includes(GARBLED)) return no('garbled')
  const clean =
    lines === 'one'
      ? text.replaceAll(/[\s\p{Cc}\u200b\ufeff]+/gu, ' ').trim()
      : text.replaceAll(/\r\n?/g, '\n').replaceAll(/[^\S\n]+/g, ' ').replaceAll(/(?!\n)\p{Cc}/gu, '').trim()
  return clean.length > most ? { reason: { type: 'too-long', most } } : { value: clean }
}
/** Numbers of orders, customers, products. `floats`: a spreadsheet or a program made 14620.0 of 14620. */
export function readId(text: string, most: number, floats: boolean): Read<string> {
  if (text.includes(GARBLED)) return no('garbled')
  const id = plain(text).replace(/^'/, '')
  const whole = floats ? id.replace(/^(\d+)\.0+$/, '$1') : id
  return whole.length > most ? { reason: { type: 'too-long', most } } : { value: whole }
}
