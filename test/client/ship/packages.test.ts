import { describe, expect, it } from 'vitest'
import { asBefore, coded, gramsOfContents, merge, numbered, onePallet, packagesFor, repacked, split, unpackedOf } from '../../../client/ship/packages.ts'
import { warningsOf } from '../../../client/ship/warnings.ts'
import { whoOf } from '../../../client/ship/who.ts'
import type { Person } from '../../../shared/people/person.ts'
import { COMMANDS } from '../../../shared/order/commands.ts'
import { and, ask, form, given, heard, orderIn, picked, picker, placed, shipper, upTo } from '../../shared/order/mill.ts'

const weighed = (line: number, quantity: number, grams: number, lot: string) => ask('PickLine', { line, quantity, lot, from: 'A-03-1', grams }, picker)
const NOW = Date.parse('2026-11-24T09:00:00.000Z')

describe('packing, as suggested', () => {
  it('makes each roll a package with the weight it was picked with, and puts the rest on one pallet', () => {
    const order = orderIn(given(placed(), weighed(1, 2, 890_000, 'R-1'), weighed(1, 1, 451_000, 'R-2'), weighed(2, 840_500, 0, 'L-9')))
    expect(packagesFor(order)).toEqual([
      { no: 1, kind: 'roll', grams: 445_000, contents: [{ line: 1, quantity: 1, lot: 'R-1' }] },
      { no: 2, kind: 'roll', grams: 445_000, contents: [{ line: 1, quantity: 1, lot: 'R-1' }] },
      { no: 3, kind: 'roll', grams: 451_000, contents: [{ line: 1, quantity: 1, lot: 'R-2' }] },
      { no: 4, kind: 'pallet', grams: 840_500, contents: [{ line: 2, quantity: 840_500, lot: 'L-9' }] },
    ])
  })

  it('packs what lies in the pile, not what was put back', () => {
    const scene = given(placed(), picked(1, 3, picker, 'p1'))
    const order = orderIn(and(scene, ask('PutBack', { pick: 'p1', quantity: 2 }, picker)))
    expect(packagesFor(order)).toHaveLength(1)
    expect(unpackedOf(order, packagesFor(order), 1)).toBe(0)
  })

  it('is nothing when nothing was picked, and says what is left over when a package is taken away', () => {
    expect(packagesFor(orderIn(given(placed())))).toEqual([])
    const order = orderIn(upTo('finished'))
    const [, ...rest] = packagesFor(order)
    expect(unpackedOf(order, rest, 1)).toBe(1)
    expect(numbered(rest).map(({ no }) => no)).toEqual(rest.map((_, i) => i + 1))
  })

  it('fits its command, also for an order of 1,500 rolls', () => {
    const line = { ...form().lines[0], no: 1, sku: 'BK', name: '牛皮紙', spec: '', unit: 'roll' as const, quantity: 1500, price: 1, grams: 447_000 }
    const order = orderIn(given(placed({ lines: [line] }), picked(1, 1500)))
    for (const packages of [packagesFor(order), onePallet(order)]) expect(COMMANDS.Pack.payload.safeParse({ packages }).success).toBe(true)
  })

  it('weighs a pallet as its goods were weighed', () => {
    const order = orderIn(given(placed(), weighed(1, 4, 1_800_000, 'R-1')))
    expect(gramsOfContents(order, [{ line: 1, quantity: 3 }])).toBe(1_350_000)
  })
})

describe('splitting and merging', () => {
  const order = orderIn(given(placed(), weighed(1, 7, 3_150_000, 'R-1'), weighed(2, 1_000_001, 0, 'L-9')))
  const together = onePallet(order)
  const inAll = (parcels: readonly { contents: { line: number; quantity: number }[] }[], line: number) => parcels.flatMap(({ contents }) => contents).reduce((sum, each) => (each.line === line ? sum + each.quantity : sum), 0)

  it('shares out every line evenly, and nothing is lost or made', () => {
    const parts = split(order, together, 0, 3) ?? []
    expect(parts.map(({ no, contents }) => [no, contents.map(({ quantity }) => quantity)])).toEqual([[1, [3, 333_334]], [2, [2, 333_334]], [3, [2, 333_333]]])
    expect([inAll(parts, 1), inAll(parts, 2)]).toEqual([7, 1_000_001])
    expect(parts.every(({ contents }) => contents.every(({ lot }) => lot === 'R-1' || lot === 'L-9'))).toBe(true)
  })
  it('shares out what the scale said', () => {
    const scaled = together.map((parcel) => ({ ...parcel, grams: 4_200_000 }))
    expect((split(order, scaled, 0, 3) ?? []).reduce((sum, { grams }) => sum + grams, 0)).toBe(4_200_000)
  })
  it('makes no empty package, and no more than a command holds', () => {
    const few = [{ no: 1, kind: 'carton' as const, grams: 0, contents: [{ line: 1, quantity: 2 }] }]
    expect([split(order, few, 0, 3), split(order, few, 0, 1), split(order, few, 4, 2), split(order, together, 0, 2001)]).toEqual([null, null, null, null])
  })
  it('merges again to what was split, lots kept apart', () => {
    const back = (split(order, together, 0, 3) ?? []).reduce((all) => (all.length > 1 ? merge(all, all.length - 1, 0) : all), split(order, together, 0, 3) ?? [])
    expect(back).toEqual(together)
    const two = [{ no: 1, kind: 'roll' as const, grams: 5, contents: [{ line: 1, quantity: 1, lot: 'A' }] }, { no: 2, kind: 'roll' as const, grams: 6, contents: [{ line: 1, quantity: 1, lot: 'B' }] }]
    expect(merge(two, 0, 1)).toEqual([{ no: 1, kind: 'roll', grams: 11, contents: [{ line: 1, quantity: 1, lot: 'A' }, { line: 1, quantity: 1, lot: 'B' }].toSorted((a, b) => (a.lot > b.lot ? -1 : 1)) }])
  })
})

describe('the numbers of packages', () => {
  const counted = () => {
    let count = 0
    return { next: () => '', count: () => ({ device: 3, count: ++count }) }
  }
  it('go on for what is new; what stays as it was keeps its own', () => {
    const order = orderIn(upTo('packed'))
    const first = coded(asBefore(order), null, counted())
    expect(first.map(({ code }) => code)).toEqual(['PK000300000001', 'PK000300000002'])
    const again = first.map((parcel, i) => (i === 1 ? repacked(parcel, [], 0) : parcel))
    expect(coded(again, { extension: '3', prefix: '4712345' }, counted()).map(({ code }) => code)).toEqual(['PK000300000001', '347123450300000013'])
  })
})

describe('before a fact is recorded', () => {
  const payload = { deliveryOrder: '-', carrier: '', vehicle: 'KEH-6218', driver: '', packages: 2 }

  it('a shipper is told which exceptions it would raise', () => {
    const open = orderIn(given(placed(), picked()))
    expect(warningsOf(open, 'Ship', payload, shipper, NOW)).toEqual(['shipped-unreleased', 'shipped-without-notice', 'shipped-uninspected', 'shipped-unread'])
  })
  it('and nothing when all gates are open and every clause was heard', () => {
    expect(warningsOf(orderIn(upTo('loaded')), 'Ship', { ...payload, readBack: heard() }, shipper, NOW)).toEqual([])
  })
})

describe('whom to ask', () => {
  const person = (name: string, ...roles: Person['roles']): Person => ({ kind: 'person', id: name, site: 'north', version: 1, name, roles, active: true })
  const words = { person: (name: string, role: string) => `${name}(${role})`, role: (role: string) => role, list: (parts: readonly string[]) => parts.join('、') }
  it('names the people who can sign, each once, and three at most', () => {
    const people = [person('王', 'service'), person('李', 'service-supervisor', 'service'), person('周', 'service'), person('陳', 'service')]
    expect(whoOf(people, ['service', 'service-supervisor'], words)).toBe('王(service)、李(service)、周(service)')
  })
  it('names the role when nobody here has it', () => {
    expect(whoOf([person('王', 'service'), { ...person('許', 'finance'), active: false }], ['finance'], words)).toBe('finance')
  })
})
