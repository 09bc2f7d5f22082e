import { describe, expect, it } from 'vitest'
import type { Order } from '../../../shared/order/order.ts'
import { type Aboard, expectPackage, isWhole, missingOf } from '../../../shared/scan/load.ts'
import { scanOf } from '../../../shared/scan/scan.ts'
import { and, ask, cancelled, loaded, orderIn, packed, picker, upTo } from '../order/mill.ts'

const [A, B, C] = ['347123450300000075', '347123450300000082', 'PK000300000001'] as const
const scan = (text: string) => scanOf(text, { today: '2026-11-27' })
const pack = (...codes: string[]) => ask('Pack', { packages: codes.map((code, i) => ({ no: i + 1, kind: 'pallet' as const, grams: 0, contents: [{ line: 1, quantity: 1 }], code })) }, picker)
const here = (...codes: string[]): Order => orderIn(and(upTo('inspected'), pack(...codes)))
const other = (change: Partial<Order>, order = here(C)): Order => ({ ...order, id: 'o2', number: 'SO-2611-0999', ...change })
const nothing = () => []
const on = (...all: Aboard[]) => () => all

describe('a scan at the vehicle', () => {
  it('of a package that is wanted puts it on: as a label of GS1, as bare digits, as a number of the site', () => {
    const orders = [here(A, B), other({})]
    for (const text of [`]C100${A}`, `00${A}`, A, `(00)${A}`]) expect(expectPackage(scan(text), orders, nothing), text).toMatchObject({ is: 'right', order: { id: 'o1' }, aboard: { no: 1, code: A, scanned: true } })
    expect(expectPackage(scan('pk000300000001'), orders, nothing)).toMatchObject({ is: 'right', order: { id: 'o2' }, aboard: { no: 1, code: C } })
  })
  it('of one that is on it already, that is of another order, or of nobody is none of these', () => {
    expect(expectPackage(scan(A), [here(A, B)], on({ no: 1, code: A, scanned: true }))).toMatchObject({ is: 'again', no: 1 })
    expect(expectPackage(scan(C), [here(A, B)], nothing)).toEqual({ is: 'unknown' })
    expect(expectPackage(scan(`]C100${A.slice(0, 17)}0`), [here(A)], nothing)).toEqual({ is: 'unknown' })
  })
  it('of an order that was cancelled or loaded before says so', () => {
    const scene = and(upTo('inspected'), pack(A, B))
    expect(expectPackage(scan(A), [orderIn(and(scene, cancelled()))], nothing)).toMatchObject({ is: 'cancelled', no: 1 })
    expect(expectPackage(scan(A), [orderIn(and(scene, loaded()))], nothing)).toMatchObject({ is: 'past', no: 1 })
  })
  it('of the number of an order counts packages that have none of their own, one a scan, and no more than there are', () => {
    const order = orderIn(and(upTo('inspected'), packed()))
    const aboard: Aboard[] = []
    for (const no of [1, 2]) {
      const answer = expectPackage(scan('so-2611-0417'), [order], on(...aboard))
      expect(answer).toMatchObject({ is: 'right', aboard: { no, scanned: true } })
      if (answer.is === 'right') aboard.push(answer.aboard)
    }
    expect(expectPackage(scan('SO-2611-0417'), [order], on(...aboard))).toMatchObject({ is: 'enough' })
  })
  it('of the number of an order whose packages are numbered asks for theirs', () => {
    expect(expectPackage(scan('SO-2611-0417'), [here(A, B)], nothing)).toMatchObject({ is: 'which' })
    expect(expectPackage(scan('SO-2611-0417'), [orderIn(upTo('inspected'))], on({ no: 1, scanned: true }))).toMatchObject({ is: 'right', aboard: { no: 2 } })
  })
})

it('an order is whole when none of its packages is missing', () => {
  const order = here(A, B)
  const half = [{ no: 2, code: B, scanned: true }]
  expect(missingOf(order, half).map(({ no }) => no)).toEqual([1])
  expect([isWhole(order, half), isWhole(order, [...half, { no: 1, code: A, scanned: false }]), isWhole(orderIn(upTo('inspected')), [])]).toEqual([false, true, false])
})
