import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Order } from '../../../shared/order/order.ts'
import { form, pick, type Phone, staffedFloor } from '../floor.ts'

describe('the rest of an order', () => {
  let all: Awaited<ReturnType<typeof staffedFloor>>
  let desk: Phone
  beforeEach(async () => {
    all = await staffedFloor()
    ;({ desk } = all)
    await desk.sync([desk.command('PlaceOrder', 'o1', form('N-1')), desk.command('SignGate', 'o1', { gate: 'confirmation', note: '' }, { signed: true })])
  })
  afterEach(() => all.floor.end())
  const order = (id: string) => all.floor.log.read(async (tx) => (await tx.docs('north', [id])).get(id)?.body as Order | undefined)

  test('that is split is placed in the same transaction, once, whoever else decides about it too', async () => {
    const picked = desk.command('PickLine', 'o1', pick(3))
    const short = desk.command('ReportShort', 'o1', { line: 1, quantity: 2, reason: 'not-found', note: '' })
    await desk.sync([picked, short])
    const settle = () => desk.command('SettleException', 'o1', { exception: `${short.id}.short`, decision: 'split', note: '' }, { signed: true })
    const [first, second] = [settle(), settle()]
    const before = await order('o1')
    const reply = await desk.sync([first, second])
    expect(reply.verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'refused'])
    expect(await order('o1')).toMatchObject({ shorts: [], parts: [{ id: first.id, number: 'N-1-B1' }], lines: [{ no: 1, quantity: (before?.lines[0]?.quantity ?? 0) - 2 }] })
    expect(await order(first.id)).toMatchObject({ number: 'N-1-B1', version: 1, source: { name: 'N-1', key: 'o1' }, lines: [{ no: 1, quantity: 2 }], signed: { confirmation: null } })
    expect(await order(second.id)).toBeUndefined()
    expect(Object.values(reply.scopes).flatMap(({ ops }) => ops.flatMap((op) => ('put' in op ? [op.put.body.id] : [])))).toContain(first.id)
  })
  test('and what was signed for and not taken follows as an order of its own, once', async () => {
    const lines = [{ line: 1, accepted: 1, short: 0, damaged: 0, refused: 2, reason: '規格不符', photos: [] }]
    const picked = desk.command('PickLine', 'o1', pick(3))
    const receipt = desk.command('SignReceipt', 'o1', { lines, receiver: { name: '謝佳蓉', role: '' }, ink: { aspect: 2000, strokes: [[[0, 0, 0, 0], [900, 300, 40, 500]]] }, place: null, photos: [] })
    await desk.sync([picked, receipt])
    const again = () => desk.command('SettleException', 'o1', { exception: `${receipt.id}.receipt-differs`, decision: 'again', note: '', again: [{ line: 1, quantity: 2 }] }, { signed: true })
    const [first, second] = [again(), again()]
    const reply = await desk.sync([first, second])
    expect(reply.verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'refused'])
    expect(await order('o1')).toMatchObject({ receipt: { lines }, parts: [{ id: first.id, number: 'N-1-B1', again: true }] })
    expect(await order(first.id)).toMatchObject({ number: 'N-1-B1', source: { name: 'N-1', key: 'o1' }, lines: [{ no: 1, quantity: 2 }], receipt: null, shipment: null })
    expect(await order(second.id)).toBeUndefined()
  })
})
