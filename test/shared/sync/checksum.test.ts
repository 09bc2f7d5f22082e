import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical, checksum } from '../../../shared/sync/checksum.ts'
import { orderIn, upTo } from '../order/mill.ts'

/** The same value with the keys of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).reverse().map(([key, each]) => [key, turned(each)]))
}

describe('the checksum of a doc', () => {
  test('does not depend on the order of keys', () => {
    const order = orderIn(upTo('signedFor'))
    expect(checksum(turned(order))).toBe(checksum(order))
    fc.assert(fc.property(fc.jsonValue(), (value) => checksum(turned(value)) === checksum(value) && canonical(turned(value)) === canonical(value)))
  })
  test('is the same after a journey as JSON, where undefined does not travel', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => checksum(JSON.parse(JSON.stringify(value))) === checksum(value)))
    expect(checksum({ a: 1, b: undefined })).toBe(checksum({ a: 1 }))
  })
  test('differs when anything differs', () => {
    const order = orderIn(upTo('shipped'))
    const others = [{ ...order, version: order.version + 1 }, { ...order, memo: ' ' }, { ...order, picks: order.picks.toReversed() }, { ...order, picks: [] }]
    expect(new Set([order, ...others].map(checksum)).size).toBe(5)
    const near = [1, '1', true, 'true', null, 'null', {}, [], [[]], [{}], { a: [] }, { a: {} }, ['a', 'b'], ['ab'], { a: 'b' }, { b: 'a' }, [1, 2], [2, 1], ['', 'a'], ['a', '']]
    expect(new Set(near.map(checksum)).size).toBe(near.length)
  })
  test('is a safe whole number', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => Number.isSafeInteger(checksum(value)) && checksum(value) >= 0))
  })
})
