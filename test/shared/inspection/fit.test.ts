import { describe, expect, test } from 'vitest'
import { PRODUCTS } from '../../../server/example/products.ts'
import { lotsOf, measuresOf, standardFor, targetsOf, unitsOf, usedOf, withOwn } from '../../../shared/inspection/fit.ts'
import { isMissing } from '../../../shared/inspection/judge.ts'
import { GENERAL, PAPER_ROLLS, PAPER_SHEETS, STANDARDS } from '../../../shared/inspection/paper.ts'
import type { Check } from '../../../shared/inspection/standard.ts'
import { StandardUsed } from '../../../shared/inspection/report.ts'
import { and, given, orderIn, picked, placed, upTo } from '../order/mill.ts'

const goods = (unit: 'roll' | 'kg' | 'm' | 'ream' | 'pack' | 'box' | 'piece', name: string, spec = '') => ({ sku: 'S-1', name, spec, unit })

describe('the standard of a product', () => {
  test('every product of the example mill has the one of its form', () => {
    const sheets = PRODUCTS.filter((each) => standardFor(each) === PAPER_SHEETS).map(({ sku }) => sku)
    expect(sheets).toEqual(['HB-350-KG', 'MZ-070-25', 'MZ-080-31', 'MZ-100-31', 'BX-120-31', 'HB-400-31'])
    expect(PRODUCTS.filter((each) => standardFor(each) === GENERAL).map(({ sku }) => sku)).toEqual(['TH-048-080'])
  })
  test('what is not of paper is looked at as anything is, rolls of it too', () => {
    expect(standardFor(goods('box', 'Chai', '10 boxes x 20 bags'))).toBe(GENERAL)
    expect(standardFor(goods('roll', 'PE film', '500 mm'))).toBe(GENERAL)
    expect(standardFor(goods('roll', 'Kraft paper', '500 mm'))).toBe(PAPER_ROLLS)
  })
  test("the site's own comes first, and only for what it is for", () => {
    const own = { ...GENERAL, id: 'kraft', fits: [{ units: ['roll' as const], words: ['牛皮'] }] }
    expect(standardFor(goods('roll', '牛皮紙 80 g/m²'), [own])).toBe(own)
    expect(standardFor(goods('roll', '雙銅紙 80 g/m²'), [own])).toBe(PAPER_ROLLS)
    expect(standardFor(goods('ream', '牛皮紙 80 g/m²'), [own])).toBe(PAPER_SHEETS)
    expect(standardFor(goods('box', '雜貨'), [{ ...own, fits: [{ units: ['box'], words: [] }] }]).id).toBe('kraft')
  })
})

describe('what a site changes of them', () => {
  const kraft = goods('roll', '牛皮紙 80 g/m²')
  test('one that names the product goes before those of its kind, whatever stands first', () => {
    const [kind, named] = [{ ...GENERAL, id: 'kind', fits: [{ units: ['roll' as const], words: [] }] }, { ...GENERAL, id: 'named', skus: ['S-1'] }]
    expect(standardFor(kraft, [kind, named])).toBe(named)
    expect(standardFor({ ...kraft, sku: 'S-10' }, [kind, named])).toBe(kind)
  })
  test("one of the app's id stands for it, the last resort too", () => {
    const [rolls, general] = [{ ...PAPER_ROLLS, version: 3, sampling: { ...PAPER_ROLLS.sampling, all: true } }, { ...GENERAL, version: 1 }]
    expect(standardFor(kraft, [rolls])).toBe(rolls)
    expect(standardFor(goods('piece', 'Chai'), [general])).toBe(general)
    expect(withOwn([rolls]).map(({ id, version }) => [id, version])).toEqual([['paper-rolls', 3], ['paper-sheets', undefined], ['general', undefined]])
    expect(usedOf(rolls)).toMatchObject({ version: 3, sampling: { all: true } })
    expect(usedOf(PAPER_ROLLS)).not.toHaveProperty('version')
  })
  test('what is measured several times is missing until it was', () => {
    const thrice = { ...PAPER_ROLLS, checks: PAPER_ROLLS.checks.map((check) => (check.id === 'grammage' && check.type === 'measured' ? { ...check, samples: 3 } : check)) }
    const [grammage] = measuresOf(thrice, targetsOf(kraft))
    if (!grammage) throw new Error('nothing is measured')
    expect([[], [80_000, 80_000], [80_000, 80_000, 80_000]].map((values) => isMissing({ ...grammage, values }))).toEqual([true, true, false])
  })
})

describe('what was ordered', () => {
  test('is read from the name and the specification', () => {
    expect(targetsOf(goods('roll', '牛皮紙 80 g/m²', '1092 mm 卷筒·芯徑 3 吋'))).toEqual({ grammage: 80_000, width: 1_092_000, 'core-bore': 76_000 })
    expect(targetsOf(goods('ream', '模造紙 70 g/m²', '菊版 636 × 939 mm·500 張'))).toEqual({ grammage: 70_000, width: 636_000, length: 939_000 })
    expect(targetsOf(goods('ream', 'Offset 70.5 gsm', '210x297mm'))).toEqual({ grammage: 70_500, width: 210_000, length: 297_000 })
    expect(targetsOf(goods('roll', '牛皮紙 80 g/m²', '卷徑 1200 mm·1092 mm 卷筒'))).toMatchObject({ grammage: 80_000, width: 1_092_000 })
    expect(targetsOf(goods('roll', '牛皮紙', '卷徑 1200 mm'))).not.toHaveProperty('width')
  })
  test('is not known where it does not stand there', () => {
    expect(targetsOf(goods('piece', 'Chai', '10 boxes x 20 bags'))).toEqual({})
    expect(targetsOf(goods('roll', '牛皮紙', '芯徑 5 吋'))).toEqual({})
  })
  describe('of a property that the site measures around it', () => {
    const around = { type: 'around', below: 3_000, above: 5_000, of: 'unit' } as const
    const check = (id: string, text: string, unit: 'µm' | 'mm' | 'g/m²', thousandths: object = around) => ({ type: 'measured', id, name: { text }, area: 'properties', defect: 'major', photo: false, unit, thousandths }) as Check
    const thick = check('own-1', '厚度（單張）', 'µm')
    const across = check('own-2', '卷徑', 'mm', { type: 'around', below: 20, above: 10, of: 'target' })
    const targets = (spec: string, checks = [thick, across]) => targetsOf(goods('roll', '淋膜', spec), checks)
    test('is read by its name, in its own unit, or none', () => {
      expect(targets('厚度 105 µm, 卷徑：1,200 mm')).toMatchObject({ 'own-1': 105_000, 'own-2': 1_200_000 })
      expect(targets('厚度105、卷徑 1200 公分')).toEqual({ 'own-1': 105_000 })
      expect(targets('厚度 0.105 mm')).not.toHaveProperty('own-1')
      expect(targetsOf(goods('roll', 'Kraft paper 80 g/m²', '500 mm, caliper 105 µm'), PAPER_ROLLS.checks)).toMatchObject({ thickness: 105_000, grammage: 80_000, width: 500_000 })
    })
    test('is read by its unit, where no other is measured in it and the line says one figure', () => {
      expect(targets('1092 mm, 105 µm')).toMatchObject({ 'own-1': 105_000 })
      expect(targets('105 µm / 90 µm')).not.toHaveProperty('own-1')
      expect(targets('105 µm', [thick, check('own-3', '塗層', 'µm')])).toEqual({})
      // In millimetres a line says many things.
      expect(targets('1092 mm')).not.toHaveProperty('own-2')
    })
    test('lies between what is more and what is less than ordered, in the unit or in percent', () => {
      const standard = { ...GENERAL, checks: [thick, across] }
      expect(measuresOf(standard, targets('厚度 105 µm 卷徑 1200 mm'))).toMatchObject([{ lower: 102_000, upper: 110_000, asked: true }, { lower: 1_176_000, upper: 1_212_000, asked: true }])
      expect(measuresOf(standard, targets('1092 mm'))).toMatchObject([{ lower: null, upper: null, asked: false }, { asked: false }])
    })
  })
  test('an ordinary roll is asked for what was ordered of it, and no more', () => {
    const roll = goods('roll', '牛皮紙 80 g/m²', '1092 mm 卷筒·芯徑 3 吋')
    const measures = measuresOf(PAPER_ROLLS, targetsOf(roll))
    expect(measures.filter(({ asked }) => asked)).toMatchObject([
      { check: 'grammage', unit: 'g/m²', lower: 76_800, upper: 83_200 },
      { check: 'width', unit: 'mm', lower: 1_089_000, upper: 1_095_000 },
    ])
    expect(measures.findIndex(({ asked }) => !asked)).toBe(2)
    expect(measuresOf(PAPER_ROLLS, {}).filter(({ asked }) => asked)).toEqual([])
  })
})

describe('the lots of an order', () => {
  test('are the lines that have something in the pile, counted in what is handled', () => {
    expect(lotsOf(orderIn(upTo('picked1'))).map(({ line, size, standard }) => [line, size, standard.id])).toEqual([[1, 10, 'paper-rolls']])
    expect(lotsOf(orderIn(upTo('picked2'))).map(({ line, size }) => [line, size])).toEqual([[1, 10], [2, 1]])
    expect(lotsOf(orderIn(given(placed())))).toEqual([])
  })
  test('goods by weight are as many as were picked one by one', () => {
    const order = orderIn(and(upTo('picked1'), picked(2, 1_000_000), picked(2, 986_500), picked(2, 500_000)))
    const [, line] = order.lines
    expect(line && unitsOf(order, line)).toBe(3)
  })
})

test('a standard on the record is one that may be sent', () => {
  for (const standard of STANDARDS) {
    const used = usedOf(standard)
    expect(StandardUsed.parse(JSON.parse(JSON.stringify(used)))).toEqual(used)
    expect(used.checks.length).toBeGreaterThan(3)
  }
})
