import { expect, test } from 'vitest'
import { gramsOf, isWeighed, type Line } from '../../../shared/order/form.ts'
import { form } from '../../server/floor.ts'

const line = (unit: Line['unit'], quantity: number, grams: number): Line => ({ no: 1, sku: 'BX-204', name: 'Kraft', spec: '', unit, quantity, price: 0, grams })

test.each([
  ['goods by weight weigh what they say', [line('kg', 9000, 0)], 9000, true],
  ['each of so much', [line('roll', 2, 450_000)], 900_000, true],
  ['a line without a weight is more than is known', [line('kg', 9000, 0), line('box', 3, 0)], 9000, false],
  ['so is one in metres', [line('m', 480_000, 12)], 0, false],
])('%s', (_, lines, grams, whole) => {
  const order = form('N-1', { lines })
  expect([gramsOf(order), isWeighed(order)]).toEqual([grams, whole])
})
