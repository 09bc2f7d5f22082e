/** The shipping advice as it is known before anybody fills it in (M20): who carries, what, from when, and when it is there. */
import { computed, type Ref } from 'vue'
import type { Advice } from '../../shared/order/advice.ts'
import { gramsOf } from '../../shared/order/form.ts'
import type { Order } from '../../shared/order/order.ts'
import { HOURS_FROM } from '../../shared/order/waits.ts'
import { useDraft } from '../drafts.ts'
import { useDevice } from '../live/device.ts'
import { tripById } from '../live/docs.ts'
import { useLive } from '../live/live.ts'
import { type Carriage, useLastCarriage } from './carriage.ts'

export type Carrying = Carriage & { packages: number } & Advice
const HOUR = 3_600_000
/** Nobody promises a minute. */
const ROUND = 5 * 60_000

export function useCarrying(id: string, order: Ref<Order | null | undefined>, now: Readonly<Ref<number>>) {
  const { db } = useDevice()
  const last = useLastCarriage()
  const { draft, clear } = useDraft<{ carrying: Carrying | null }>(`ship.${id}`, { carrying: null })
  const trip = useLive((trip) => tripById(db, trip), () => order.value?.trip?.id ?? '').value

  const known = computed((): Carrying => {
    const { loading, trip: stop, packages } = order.value ?? { loading: null, trip: null, packages: [] }
    const driver = stop?.driverName || last.value.driver
    const departs = Math.ceil(Math.max(now.value, Date.parse(trip.value?.plannedAt ?? '') || 0) / ROUND) * ROUND
    const packed = packages.reduce((sum, { grams }) => sum + grams, 0)
    return {
      carrier: stop ? '' : last.value.carrier,
      vehicle: loading?.vehicle || stop?.vehicle || last.value.vehicle,
      driver,
      packages: loading?.packages ?? packages.length,
      phone: driver === last.value.driver ? (last.value.phone ?? '') : '',
      grams: packed > 0 ? packed : order.value ? gramsOf(order.value) : 0,
      departsAt: new Date(departs).toISOString(),
      arrivesAt: new Date(departs + HOURS_FROM.deliver * HOUR).toISOString(),
      checks: [],
    }
  })
  const carrying = computed({ get: () => draft.value.carrying ?? known.value, set: (next) => (draft.value.carrying = { ...next }) })

  /** As Ship takes it. */
  const payload = computed(() => {
    const { carrier, vehicle, driver, packages, phone, checks, ...rest } = carrying.value
    const advice: Advice = { ...rest, phone: phone.trim(), checks: checks.map(({ dueAt, place }) => ({ dueAt, place: place.trim() })) }
    return { carrier: carrier.trim(), vehicle: vehicle.trim(), driver: driver.trim(), packages, advice }
  })
  /** The next order at this dock mostly goes the same way. */
  function keep() {
    const { carrier, vehicle, driver, advice } = payload.value
    last.value = { carrier, vehicle, driver, phone: advice.phone }
  }
  return { carrying, payload, keep, clear }
}
