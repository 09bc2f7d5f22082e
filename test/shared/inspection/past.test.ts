import { describe, expect, test } from 'vitest'
import { LOOKED_BACK, standingsOf } from '../../../shared/inspection/past.ts'
import type { Order } from '../../../shared/order/order.ts'
import { and, lotInspected, orderIn, upTo } from '../order/mill.ts'

const SKU = 'BK-080-1092'
const finished = upTo('finished')
/** Orders a day apart, each of which was inspected as `word` says: `+` good, `-` with major defects. */
const orders = (word: string): Order[] =>
  [...word].map((sign, day) => {
    const order = orderIn(and(finished, lotInspected(sign === '+' ? {} : { defects: [['major', 9]], disposition: 'rework' })))
    const at = `2026-11-${String(day + 1).padStart(2, '0')}T01:00:00.000Z`
    return { ...order, inspection: order.inspection && { ...order.inspection, at } }
  })
const severities = (word: string, wanted = false) => {
  const { critical, major, minor } = standingsOf(orders(word), SKU, wanted)
  return [critical.severity, major.severity, minor.severity]
}

describe('how a product is inspected next', () => {
  test('normally, where nothing is known of it', () => {
    expect(severities('')).toEqual(['normal', 'normal', 'normal'])
    expect(standingsOf(orders('--'), 'another', false).major.severity).toBe('normal')
  })
  test('more strictly after two bad lots, in the class that was bad', () => {
    expect(severities('+-+')).toEqual(['normal', 'normal', 'normal'])
    expect(severities('-+-')).toEqual(['normal', 'tightened', 'normal'])
  })
  test('by their time, in whatever order they are read', () => {
    const all = orders('--++')
    expect(standingsOf(all.toReversed(), SKU, false)).toEqual(standingsOf(all, SKU, false))
  })
  test('more easily only where quality wants it', () => {
    expect(severities('+'.repeat(20))).toEqual(['normal', 'normal', 'normal'])
    expect(severities('+'.repeat(20), true)).toEqual(['reduced', 'reduced', 'reduced'])
  })
  test('a lot that comes back reworked does not count', () => {
    const scene = and(finished, lotInspected({ defects: [['major', 9]], disposition: 'rework' }), lotInspected({ defects: [['major', 9]], disposition: 'rework' }))
    expect(orderIn(scene).inspectedBefore).toHaveLength(1)
    expect(standingsOf([orderIn(scene)], SKU, false).major).toMatchObject({ severity: 'normal', recent: [false] })
  })
  test('what lies further back than is looked is forgotten', () => {
    const many = orders(`--${'+'.repeat(LOOKED_BACK)}`).map((order, i) => ({ ...order, inspection: order.inspection && { ...order.inspection, at: new Date(i * 86_400_000).toISOString() } }))
    expect(standingsOf(many, SKU, false).major).toMatchObject({ severity: 'normal', why: { type: 'begun' } })
  })
})
