import { describe, expect, it } from 'vitest'
import { bringing, departing, freeStop, type Move, moved, nextStop, stayingBehind, tripLeft } from '../../../client/trips/stops.ts'
import { instantAt, wallTime } from '../../../client/trips/wall-time.ts'
import type { Order } from '../../../shared/order/order.ts'
import { and, ask, cancelled, driver, orderIn, upTo } from '../../shared/order/mill.ts'

const at = (id: string, stop: number, order: Order): Order => ({ ...order, id, trip: { id: 't1', number: '11-24-01', driver: 'driver', driverName: '陳俊宏', vehicle: 'KEH-6218', stop } })
const shipped = orderIn(upTo('shipped'))
const packed = orderIn(upTo('packed'))
const delivered = orderIn(upTo('signedFor'))
const off = orderIn(and(upTo('packed'), cancelled()))

describe('a trip', () => {
  it('goes next to the first stop that is neither signed for nor cancelled', () => {
    expect(nextStop([at('a', 1, delivered), at('b', 2, off), at('c', 3, shipped), at('d', 4, shipped)])?.id).toBe('c')
    expect(nextStop([at('a', 1, delivered)])).toBeNull()
  })

  it('does not go again to whom nobody took it from, unless the goods stayed on the vehicle', () => {
    const untaken = (after: 'stay' | 'back') => orderIn(and(upTo('arrived'), ask('ReportAbsent', { place: null, note: '', photos: [], againAt: null, after }, driver)))
    const stops = [at('a', 1, untaken('back')), at('b', 2, untaken('stay')), at('c', 3, shipped)]
    expect(nextStop(stops)?.id).toBe('b')
    expect(bringing(stops).map(({ id }) => id)).toEqual(['a'])
    expect(nextStop(stops.slice(0, 1))).toBeNull()
  })

  it('leaves with what was loaded or shipped; what was not stays and is named', () => {
    const stops = [at('a', 1, shipped), at('b', 2, packed), at('c', 3, off)]
    expect(departing(stops).map(({ id }) => id)).toEqual(['a'])
    expect(stayingBehind(stops).map(({ id }) => id)).toEqual(['b'])
    expect(tripLeft(stops)).toBe(false)
  })

  it('leaves with everything in the pile when nobody recorded the loading', () => {
    expect(departing([at('a', 1, packed), at('b', 2, packed)]).map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('does not leave twice', () => {
    const stops = [at('a', 1, orderIn(upTo('departed')))]
    expect(tripLeft(stops)).toBe(true)
    expect(departing(stops)).toEqual([])
  })

  it('takes the next stop after the last, also when numbers are missing', () => {
    expect(freeStop([])).toBe(1)
    expect(freeStop([at('a', 1, packed), at('b', 7, packed)])).toBe(8)
  })
})

describe('the order of stops', () => {
  const renumbered = (stops: Order[], id: string, to: Move) => moved(stops, id, to).map(({ order, stop }) => [order.id, stop])
  it('changes places with the neighbour and touches no other', () => {
    const stops = [at('a', 1, packed), at('b', 2, packed), at('c', 3, packed)]
    expect(renumbered(stops, 'c', 'earlier')).toEqual([['c', 2], ['b', 3]])
    expect(renumbered(stops, 'a', 'earlier')).toEqual([])
    expect(renumbered(stops, 'c', 'later')).toEqual([])
  })
  it('numbers anew what shares a stop or has a gap', () => {
    expect(renumbered([at('a', 1, packed), at('b', 1, packed), at('c', 5, packed)], 'b', 'later')).toEqual([['c', 2], ['b', 3]])
  })
  it('leaves stops that have been driven to where they are', () => {
    const stops = [at('a', 1, delivered), at('b', 2, packed), at('c', 3, packed)]
    expect(renumbered(stops, 'b', 'earlier')).toEqual([])
    expect(renumbered(stops, 'c', 'earlier')).toEqual([['c', 2], ['b', 3]])
  })
  it('changes on the way: what is done stays, the others share their numbers among themselves', () => {
    const [gone, here] = [orderIn(upTo('departed')), orderIn(upTo('arrived'))]
    const stops = [at('a', 1, delivered), at('b', 2, here), at('c', 3, gone), at('d', 4, gone)]
    expect(renumbered(stops, 'd', 'next')).toEqual([['d', 2], ['b', 3], ['c', 4]])
    expect(renumbered(stops, 'b', 'last')).toEqual([['c', 2], ['d', 3], ['b', 4]])
    expect(renumbered([at('b', 1, gone), at('a', 2, delivered), at('c', 3, gone)], 'c', 'next')).toEqual([['b', 4]])
  })
})

describe('the time a trip is planned for', () => {
  it('is the wall clock of the site, there and back', () => {
    expect(wallTime('2026-11-26T06:30:00.000Z', 'Asia/Taipei')).toBe('2026-11-26T14:30')
    expect(instantAt('2026-11-26T14:30', 'Asia/Taipei')).toBe('2026-11-26T06:30:00.000Z')
    expect(instantAt('2026-07-01T08:00', 'Europe/Berlin')).toBe('2026-07-01T06:00:00.000Z')
    expect(instantAt(wallTime('2026-11-25T16:00:00.000Z', 'Asia/Taipei'), 'Asia/Taipei')).toBe('2026-11-25T16:00:00.000Z')
  })
  it('is none while nothing is chosen', () => expect(instantAt('', 'Asia/Taipei')).toBeNull())
})
