import { describe, expect, test } from 'vitest'
import { openOf, type Order, lineOf } from '../../../shared/order/order.ts'
import { allowedOf, readTolerance } from '../../../shared/order/tolerance.ts'
import { and, ask, claimed, confirmed, finished, form, given, kindsOf, orderIn, picker, placed, type Scene } from './mill.ts'

const PERCENT = (under: number, over = under) => ({ under: { percent: under }, over: { percent: over } })
const KG = (under: number, over = under) => ({ under: { amount: under * 1000, unit: 'kg' }, over: { amount: over * 1000, unit: 'kg' } })

describe('what an order form says of its tolerance', () => {
  test.each([
    ['±2%', PERCENT(2)], ['±2 %', PERCENT(2)], ['±3%', PERCENT(3)], ['±5%', PERCENT(5)], ['5%', PERCENT(5)], ['+/-5%', PERCENT(5)], ['+-5 ％', PERCENT(5)], ['正負 3%', PERCENT(3)], ['±3% 以內', PERCENT(3)], ['±2.5%', PERCENT(2.5)],
    ['+2/-0%', PERCENT(0, 2)], ['-0%/+2%', PERCENT(0, 2)], ['+5% / -3%', PERCENT(3, 5)], ['＋５％，−３％', PERCENT(3, 5)], ['-2%~+5%', PERCENT(2, 5)], ['+2%', PERCENT(0, 2)], ['-2%', PERCENT(2, 0)],
    ['±50kg', KG(50)], ['±50 公斤', KG(50)], ['±1,000 kg', KG(1000)], ['±0.5 噸', KG(500)], ['+20kg/-0kg', KG(0, 20)], ['±10m', { under: { amount: 10_000, unit: 'm' }, over: { amount: 10_000, unit: 'm' } }],
  ])('%s', (text, tolerance) => expect(readTolerance(text)).toEqual(tolerance))
  test.each(['', '±', '±50', '依合約', '±3% 或 50 kg', '+5%/+3%', '±500%', '5', '無', '±5%5', 'x'.repeat(120)])('%s is nobody’s guess', (text) => expect(readTolerance(text)).toBeNull())
})

describe('what may be delivered', () => {
  const line = (quantity: number, unit: 'kg' | 'm' | 'roll') => ({ quantity, unit })
  test('goods by weight or length by their tolerance, in thousandths, never out of it', () => {
    expect(allowedOf(line(2_000_000, 'kg'), readTolerance('±5%'))).toEqual({ min: 1_900_000, max: 2_100_000 })
    expect(allowedOf(line(333, 'kg'), readTolerance('±10%'))).toEqual({ min: 300, max: 366 })
    expect(allowedOf(line(2_000_000, 'kg'), readTolerance('+2/-0%'))).toEqual({ min: 2_000_000, max: 2_040_000 })
    expect(allowedOf(line(500_000, 'm'), readTolerance('±10m'))).toEqual({ min: 490_000, max: 510_000 })
  })
  test('counted goods, and where nobody can tell, exactly what was ordered', () => {
    expect(allowedOf(line(100, 'roll'), readTolerance('±5%'))).toEqual({ min: 100, max: 100 })
    expect(allowedOf(line(500_000, 'm'), readTolerance('±50kg'))).toEqual({ min: 500_000, max: 500_000 })
    expect(allowedOf(line(2_000_000, 'kg'), null)).toEqual({ min: 2_000_000, max: 2_000_000 })
  })
})

describe('2,000 kg in rolls of their own weight', () => {
  const KILOS = form().lines.filter((each) => each.unit === 'kg').map((each) => ({ ...each, no: 1, quantity: 2_000_000 }))
  const order = (tolerance: string) => given(placed({ tolerance, lines: KILOS }), confirmed(), claimed())
  const rolls = (...kilos: number[]) => kilos.map((kilo, i) => ask('PickLine', { line: 1, quantity: Math.round(kilo * 1000), lot: `R-${i}`, from: 'B-01-1', grams: Math.round(kilo * 1000), tolerance: '±10%' }, picker))
  const open = (scene: Scene) => {
    const there: Order = orderIn(scene)
    const line = lineOf(there, 1)
    return line && openOf(there, line)
  }
  test('1,986.5 kg in three rolls are enough, and nobody is asked', () => {
    const [first, second, third] = rolls(662.1, 662.2, 662.2)
    if (!first || !second || !third) throw new Error('three rolls')
    const two = and(order('±5%'), first, second)
    expect(open(two)).toBe(675_700)
    const three = and(two, third)
    expect(open(three)).toBe(0)
    expect(kindsOf(three, finished())).toEqual([])
    expect(orderIn(three).exceptions).toEqual([])
  })
  test('above what is allowed the surplus is raised, and below it the rest is short', () => {
    const [first, second, third, fourth] = rolls(662.1, 662.2, 662.2, 200)
    if (!first || !second || !third || !fourth) throw new Error('four rolls')
    expect(kindsOf(and(order('±5%'), first, second, third), fourth)).toEqual(['picked-too-much'])
    expect(kindsOf(and(order('±5%'), first, second), finished())).toEqual(['short'])
  })
  test('where the order names none, the usual one of the site holds, as it was when it was picked', () => {
    const [roll] = rolls(1820)
    if (!roll) throw new Error('a roll')
    expect(open(and(order(''), roll))).toBe(0)
    expect(open(and(order('±2%'), roll))).toBe(180_000)
    expect(open(and(order('依合約'), roll))).toBe(180_000)
  })
})
