import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { form, pick, type Phone, staffedFloor } from '../floor.ts'

describe('verdicts', () => {
  let all: Awaited<ReturnType<typeof staffedFloor>>
  let desk: Phone
  beforeEach(async () => {
    all = await staffedFloor()
    desk = all.desk
  })
  afterEach(() => all.floor.end())

  test('an order that was placed comes back accepted and reaches the other phone', async () => {
    const reply = await desk.sync([desk.command('PlaceOrder', 'o1', form('N-1')), desk.command('PickLine', 'o1', pick(3))])
    expect(reply.verdicts.map((each) => each.verdict)).toEqual(['accepted', 'accepted'])
    expect(reply.lastSeq).toBe(2)
    const other = await all.phone.sync()
    expect(other.scopes['site:north']?.ops).toMatchObject([{ put: { body: { id: 'o1', version: 3, picks: [{ quantity: 3 }] }, applied: { desk: 2 } } }])
  })
})
