import { describe, expect, test } from 'vitest'
import { clausesOf, differing, unheard } from '../../../shared/order/clauses.ts'
import type { OrderForm } from '../../../shared/order/form.ts'
import { openExceptions } from '../../../shared/order/order.ts'
import { decisionsFor } from '../../../shared/order/exception.ts'
import { and, ask, chief, form, heard, kindsOf, orderIn, picked, picker, raisedBy, shipped, upTo, without } from './mill.ts'

const ordered = (change: Partial<OrderForm> = {}) => {
  const order = form(change)
  return clausesOf(order, (no) => order.lines.find((line) => line.no === no)?.quantity ?? 0)
}

describe('the clauses of an order', () => {
  test('are what was agreed and each line of goods, and nothing that is empty', () => {
    expect(ordered({ clauses: '附檢驗報告' }).map(({ id, value }) => `${id} ${value}`)).toEqual([
      'customer 立德包裝',
      'contact 謝佳蓉 04-0000-0201',
      'shipTo 台中市烏日區範例路 12 巷 5 號',
      'promisedAt 2026-11-27T01:00:00.000Z',
      'delivery 送到門口',
      'line.1 10 roll',
      'line.2 2500000 kg',
      'tolerance ±3%',
      'quality Q-K80',
      'packaging 棧板',
      'terms monthly',
      'clauses 附檢驗報告',
    ])
    const bare = { contact: '', phone: '', shipTo: '', promisedAt: null, delivery: '', tolerance: '', quality: '', packaging: '' }
    expect(ordered(bare).map(({ id }) => id)).toEqual(['customer', 'line.1', 'line.2', 'terms'])
  })
  test('say what the driver collects for the goods that lie there, and that a line lies there not at all', () => {
    const clauses = clausesOf(form({ terms: 'cash-on-delivery' }), (no) => (no === 1 ? 2 : 0))
    expect(clauses.find(({ id }) => id === 'terms')?.value).toBe('cash-on-delivery 37280 TWD')
    expect(clauses.find(({ id }) => id === 'line.2')?.value).toBe('0 kg')
  })
  test('are heard only as they stand: of one that changed since, nothing was said', () => {
    const { clauses } = heard({}, { packaging: '紙箱' })
    expect(unheard(ordered(), clauses)).toEqual([])
    expect(differing(ordered(), clauses).map(({ id }) => id)).toEqual(['packaging'])
    expect(unheard(ordered({ shipTo: '台中市大里區', packaging: '木箱' }), clauses).map(({ id }) => id)).toEqual(['shipTo', 'packaging'])
    expect(differing(ordered({ packaging: '木箱' }), clauses)).toEqual([])
  })
})

describe('shipping', () => {
  test('with every clause heard raises nothing, and keeps what was said, by whom and when', () => {
    expect(kindsOf(upTo('loaded'), shipped())).toEqual([])
    expect(orderIn(upTo('shipped')).shipment?.readBack).toEqual(heard())
  })
  test('unread is a fact all the same, and asks how much of it was heard', () => {
    expect(raisedBy(upTo('loaded'), shipped({ readBack: undefined }))).toMatchObject([{ kind: 'shipped-unread', note: '0 / 11', goods: [{ line: 1, quantity: 10 }, { line: 2 }] }])
    const half = { ...heard(), clauses: heard().clauses.slice(0, 4) }
    expect(raisedBy(upTo('loaded'), shipped({ readBack: half }))).toMatchObject([{ kind: 'shipped-unread', note: '4 / 11' }])
  })
  test('in an emergency is no excuse for not reading', () => {
    const hurried = and(without(['released', 'noticed'], 'loaded'), ask('OverrideNotice', { reason: '停線' }, chief))
    expect(kindsOf(hurried, shipped({ readBack: undefined }))).toEqual(['shipped-unread'])
  })
  test('a pile that changed after it was read was not read', () => {
    const scene = and(without(['picked1'], 'claimed'), picked(1, 10, picker, 'p1'), picked(2, 2_500_000), ask('PutBack', { pick: 'p1', quantity: 3 }, picker))
    expect(raisedBy(scene, shipped()).find(({ kind }) => kind === 'shipped-unread')).toMatchObject({ note: '10 / 11' })
    expect(kindsOf(scene, shipped({ readBack: heard({ 1: 7 }) }))).not.toContain('shipped-unread')
  })
  test('what the two have differently is asked of the customer, in the words of who heard it', () => {
    const said = shipped({ readBack: heard({}, { shipTo: '後門改前門', 'line.1': '少一卷' }) })
    expect(raisedBy(upTo('loaded'), said)).toMatchObject([{ kind: 'clause-differs', note: '後門改前門; 少一卷' }])
    const [exception] = openExceptions(orderIn(and(upTo('loaded'), said)))
    expect(exception && decisionsFor(exception.kind)).toContain('corrected')
  })
})
