import { describe, expect, it } from 'vitest'
import { bracketed, type Boxed, saidOf } from '../../../shared/label/label.ts'
import type { Product } from '../../../shared/product/product.ts'
import { toElementString } from '../../../shared/scan/gs1/element-string.ts'
import { togetherErrors } from '../../../shared/scan/gs1/together.ts'
import { scanOf } from '../../../shared/scan/scan.ts'
import { orderIn, upTo } from '../order/mill.ts'

const order = orderIn(upTo('packed'))
const product = (sku: string, barcode: string) => [sku, { kind: 'product', id: sku, site: 'north', version: 1, sku, name: '', spec: '', unit: 'roll', grams: 0, barcode, stock: [] } satisfies Product] as const
const products = new Map([product('BK-080-1092', '4710001000010'), product('WX-140-KG', '4710001000027')])
const CODE = '347123450300000075'
const box = (change: Partial<Boxed> = {}): Boxed => ({ code: CODE, grams: 447_000, contents: [{ line: 1, quantity: 12, lot: 'R-26-118203' }], ...change })
const text = (parcel: Boxed) => bracketed([...saidOf(order, parcel, products).key, ...saidOf(order, parcel, products).content])

describe('what the bars of a package say', () => {
  it('one kind of goods: which, how many, which lot, how heavy', () => {
    expect(text(box())).toBe('(00)347123450300000075(02)04710001000010(37)12(10)R-26-118203(3303)447000')
  })
  it('reads back as what was meant, and all of it belongs together', () => {
    const { key, content } = saidOf(order, box(), products)
    expect(togetherErrors([...key, ...content])).toEqual([])
    const scan = scanOf(`]d2${toElementString([...key, ...content]).slice(1)}`, { today: '2026-11-27' })
    expect(scan).toMatchObject({ is: 'label', lots: ['R-26-118203'], meaning: { sscc: CODE, contentGtin: '04710001000010', lot: 'R-26-118203', count: 12 } })
  })
  it('several kinds, goods by weight or without a GTIN: only which package and how heavy', () => {
    expect(text(box({ contents: [{ line: 1, quantity: 2 }, { line: 2, quantity: 5000 }] }))).toBe('(00)347123450300000075(3303)447000')
    expect(text(box({ contents: [{ line: 2, quantity: 447_000 }] }))).toBe('(00)347123450300000075(3303)447000')
    expect(bracketed(saidOf(order, box(), new Map()).content)).toBe('(3303)447000')
  })
  it('several lots, or a lot that (10) cannot hold: no lot', () => {
    expect(text(box({ contents: [{ line: 1, quantity: 1, lot: 'A' }, { line: 1, quantity: 1, lot: 'B' }] }))).toBe('(00)347123450300000075(02)04710001000010(37)2(3303)447000')
    expect(text(box({ contents: [{ line: 1, quantity: 1, lot: '批號 7' }] }))).not.toContain('(10)')
    expect(text(box({ contents: [{ line: 1, quantity: 1, lot: 'A(21)B' }] }))).not.toContain('(10)')
  })
  it('keeps as many decimals of the weight as six digits hold, and leaves out what nobody weighed', () => {
    expect(text(box({ grams: 999_999 }))).toContain('(3303)999999')
    expect(text(box({ grams: 1_234_567 }))).toContain('(3302)123457')
    expect(text(box({ grams: 9_999_999 }))).toContain('(3301)100000')
    expect(text(box({ grams: 0 }))).not.toContain('(330')
  })
  it('says nothing in the name of GS1 without an SSCC', () => {
    expect(saidOf(order, box({ code: 'PK000300000007' }), products)).toEqual({ key: [], content: [] })
    expect(saidOf(order, { grams: 1, contents: [] }, products)).toEqual({ key: [], content: [] })
  })
})
