import { describe, expect, test } from 'vitest'
import type { TripForm, TripCommand } from '../../../shared/trip/commands.ts'
import { decideTrip, evolveTrip } from '../../../shared/trip/decide.ts'
import type { Trip } from '../../../shared/trip/trip.ts'
import { driver, minute, shipper } from '../order/mill.ts'

const form = (change: Partial<TripForm> = {}): TripForm => ({ number: '11-24-01', driver: 'driver', driverName: '陳俊宏', vehicle: 'KEH-6218', plannedAt: minute(60), note: '', ...change })
const plan = (change: Partial<TripForm> = {}): TripCommand => ({ id: 'c1', doc: 't1', type: 'PlanTrip', at: minute(1), signed: false, payload: form(change) })
const alter = (change: Partial<TripForm>): TripCommand => ({ ...plan(change), type: 'ChangeTrip' })
const planned: Trip = evolveTrip(null, { type: 'TripPlanned', site: 'north', form: form() }, 't1')

describe('a trip', () => {
  test('is planned once', () => {
    expect(decideTrip(null, plan(), shipper)).toEqual({ accept: [{ type: 'TripPlanned', site: 'north', form: form() }] })
    expect(planned).toMatchObject({ kind: 'trip', id: 't1', version: 1, site: 'north' })
    expect(decideTrip(planned, plan(), shipper)).toEqual({ refuse: { type: 'trip-exists', number: '11-24-01' } })
  })
  test('is changed when it is there', () => {
    const answer = decideTrip(planned, alter({ vehicle: 'KLA-3096' }), shipper)
    if ('refuse' in answer) throw new Error('refused')
    expect(answer.accept.reduce((trip, event) => evolveTrip(trip, event, 't1'), planned)).toMatchObject({ vehicle: 'KLA-3096', version: 2 })
    expect(decideTrip(null, alter({}), shipper)).toEqual({ refuse: { type: 'no-order' } })
  })
  test('is not planned by its driver', () => {
    expect(decideTrip(null, plan(), driver)).toMatchObject({ refuse: { type: 'wrong-role' } })
  })
  test('whose log does not begin with its planning is a fault', () => {
    expect(() => evolveTrip(null, { type: 'TripChanged', form: form() }, 't1')).toThrow('t1 begins with TripChanged')
  })
})
