import { describe, expect, test } from 'vitest'
import { GS } from '../../../../shared/scan/gs1/element.ts'
import { type Options, parseGs1 } from '../../../../shared/scan/gs1/parse.ts'

const [RS, EOT] = ['\u001E', '\u0004']
const GTIN = { ai: '01', value: '09520123456788' }
const ROLL = [GTIN, { ai: '10', value: 'R-26-118203' }, { ai: '3103', value: '000195' }]
const elements = (text: string, options?: Options) => {
  const reading = parseGs1(text, options)
  return reading.is === 'elements' ? reading.elements : reading
}

describe('one label, in every form', () => {
  const data = `010952012345678810R-26-118203${GS}3103000195`
  for (const [form, text] of Object.entries({
    'GS1-128': `]C1${data}`,
    'a GS1 DataMatrix': `]d2${data}\r\n`,
    'a GS1 QR code': `]Q3${data}`,
    'a GS1 DotCode': `]J1${data}`,
    'DataBar Expanded': `]e0${data}`,
    'a scanner that says no symbol': data,
    'one that sends the first FNC1': GS + data,
    "GS1's test notation": `^${data.replace(GS, '^')}`,
    'brackets': '(01)09520123456788(10)R-26-118203(3103)000195',
    'brackets in a plain QR code': ']Q1(01)09520123456788(10)R-26-118203(3103)000195',
    'a link': 'https://shop.example/01/09520123456788/10/R-26-118203?3103=000195&from=poster#top',
    'a link in a QR code, whose GTIN is short': ']Q1HTTPS://shop.example/de/01/9520123456788/10/R-26-118203?3103=000195',
    'the wide characters of an input method': '（０１）０９５２０１２３４５６７８８（１０）Ｒ－２６－１１８２０３（３１０３）０００１９５',
  }))
    test(form, () => expect(elements(text)).toEqual(ROLL))

  test('a keyboard scanner, with what its site puts in the place of GS', () => {
    for (const sign of ['|', '{GS}', '<GS>']) {
      expect(elements(data.replace(GS, sign), { fnc1: [sign] })).toEqual(ROLL)
      expect(elements(`]C1${data.replace(GS, sign)}`, { fnc1: ['~', sign] })).toEqual(ROLL)
    }
    expect(parseGs1('R-26|118203', { fnc1: ['|'] })).toMatchObject({ is: 'text', text: 'R-26|118203' })
  })
})

describe('a key without an identifier', () => {
  const gtin = (text: string) => elements(text)
  test('EAN-13, EAN-8, UPC-A and UPC-E, by a symbol or bare', () => {
    for (const text of [']E09520123456788', '9520123456788', ' 9520123456788\n']) expect(gtin(text)).toEqual([GTIN])
    expect(gtin(']E495200002')).toEqual([{ ai: '01', value: '00000095200002' }])
    expect(gtin('614141000036')).toEqual([{ ai: '01', value: '00614141000036' }])
    expect(gtin(']E001234565')).toEqual([{ ai: '01', value: '00012345000065' }])
    expect(gtin(']E3952012345678812345')).toEqual([GTIN])
  })
  test('ITF-14, with its check digit or without', () => {
    for (const text of [']I109520123456788', ']I20952012345678', '09520123456788']) expect(gtin(text)).toEqual([GTIN])
    expect(parseGs1(']I11234')).toMatchObject({ is: 'text', text: '1234' })
  })
  test('an SSCC', () => expect(gtin('123456789012345675')).toEqual([{ ai: '00', value: '123456789012345675' }]))
  test('digits whose check digit is wrong are a code of the site, unless the symbol says otherwise', () => {
    expect(parseGs1('9520123456787')).toMatchObject({ is: 'text', text: '9520123456787' })
    expect(parseGs1(']E09520123456787')).toMatchObject({ is: 'wrong', error: { type: 'check-digit', came: '9520123456787' } })
  })
})

test('a misprint is told from a code of the site, where a separator shows what it was meant to be', () => {
  expect(parseGs1(`010952012345678710L1${GS}3103000195`)).toMatchObject({ is: 'wrong', error: { type: 'wrong-value', ai: '01', reason: 'incorrect-check-digit' } })
  expect(parseGs1('10|20', { fnc1: ['|'] })).toMatchObject({ is: 'text', text: '10|20' })
})

test("a site's own codes stay text", () => {
  for (const text of ['R-26-118203', 'BX-150-787', '', '(A)', '10ABC', 'ftp://a/01/09520123456788', 'C-07-2']) expect(parseGs1(text)).toMatchObject({ is: 'text', text })
})

test('an error says what was wanted and what came', () => {
  expect(parseGs1(']C1010952012345678')).toEqual({ is: 'wrong', error: { type: 'too-short', ai: '01', wanted: 'N14', came: '0952012345678' }, text: '010952012345678', symbol: 'C1' })
  expect(parseGs1('(01)09520123456788(17)261301')).toMatchObject({ is: 'wrong', error: { type: 'wrong-value', ai: '17', reason: 'illegal-month', at: 2, length: 2, came: '261301' } })
  expect(parseGs1(']C189ABC')).toMatchObject({ error: { type: 'unknown-identifier', came: '89AB' } })
})

test('an identifier that nobody knows keeps what follows it, if the site is lenient', () => {
  expect(elements(`]C1010952012345678889ABC${GS}10L1`, { lenient: true })).toEqual([GTIN, { ai: '', value: '89ABC' }, { ai: '10', value: 'L1' }])
  expect(elements('(89)ABC(10)L1', { lenient: true })).toEqual([{ ai: '89', value: 'ABC' }, { ai: '10', value: 'L1' }])
  expect(elements('https://a/01/09520123456788?89=ABC', { lenient: true })).toEqual([GTIN, { ai: '89', value: 'ABC' }])
  // The length of those that begin with 18 is agreed, whatever they will mean.
  expect(elements(`]C11812345610L1`, { lenient: true })).toEqual([{ ai: '', value: '18123456' }, { ai: '10', value: 'L1' }])
})

describe('an ISO 15434 envelope', () => {
  const fields = [
    { di: 'P', value: 'BX-150' },
    { di: 'Q', value: '12' },
    { di: '1T', value: 'L7' },
    { di: '1P', value: '77-A' },
  ]
  test('gives its data identifiers, whether or not its end arrives', () => {
    for (const end of [`${RS}${EOT}`, RS, ''])
      for (const symbol of [']d1', ']Q1', '']) expect(parseGs1(`${symbol}[)>${RS}06${GS}PBX-150${GS}Q12${GS}1TL7${GS}1P77-A${end}`)).toMatchObject({ is: 'fields', fields, elements: [] })
  })
  test("may hold GS1's elements, too", () => {
    expect(parseGs1(`[)>${RS}05${GS}010952012345678810L1${RS}06${GS}Q12${RS}${EOT}`)).toMatchObject({ is: 'fields', fields: [{ di: 'Q', value: '12' }], elements: [GTIN, { ai: '10', value: 'L1' }] })
  })
  test('of another format is named', () => expect(parseGs1(`[)>${RS}12${GS}X`)).toMatchObject({ is: 'wrong', error: { type: 'envelope', came: `12${GS}X` } }))
})
