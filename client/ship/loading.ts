/** At a vehicle: what is on it so far, what the last scan said, and the facts that follow. One order, or all of a trip. */
import { computed, type Ref, shallowRef } from 'vue'
import { COMMANDS, type Payload } from '../../shared/order/commands.ts'
import { leftOf, type Order } from '../../shared/order/order.ts'
import { type Aboard, type Answer, expectPackage, isWhole, missingOf } from '../../shared/scan/load.ts'
import type { Printed } from '../../shared/scan/printed.ts'
import { isPrinted, namesPlace, type Scan } from '../../shared/scan/scan.ts'
import type { Trip } from '../../shared/trip/trip.ts'
import { type Outcome, useAct } from '../act.ts'
import { useDraft } from '../drafts.ts'
import { useDevice } from '../live/device.ts'
import { ordersIn, tripsIn } from '../live/docs.ts'
import { type Found, foundBy } from '../scan/find.ts'
import { obey } from '../scan/obey.ts'
import { readScan } from '../scan/read.ts'
import { signal } from '../scan/signal.ts'
import { useSession } from '../session.ts'
import { freeStop, tripLeft, tripStop } from '../trips/stops.ts'
import { useLastCarriage } from './carriage.ts'

/** Trips of the last hours may not have left yet. */
const LOOK_BACK_MS = 12 * 3_600_000

export type Said =
  | { state: 'idle' }
  /** `whole`: with it everything of the order is on the vehicle */
  | { state: 'right'; order: Order; no: number; aboard: number; whole: boolean }
  /** it is loaded onto the vehicle of this trip */
  | { state: 'at'; trip: Trip }
  | { state: 'wrong'; scan: Scan; answer: Exclude<Answer, { is: 'right' }>; found: Found | null }

/** `planned`: the vehicle of the trip. `recorded` hears of each order that is loaded. `whole`: the trip of which everything is loaded; otherwise the one order goes onto the trip that is scanned. */
export function useLoading(key: string, orders: Ref<readonly Order[]>, planned: () => string, { recorded = () => undefined, whole = null }: { recorded?: (order: string) => void; whole?: string | null } = {}) {
  const { db, world } = useDevice()
  const { act, busy } = useAct()
  const session = useSession()
  const last = useLastCarriage()
  const { draft, clear } = useDraft<{ aboard: { [order: string]: Aboard[] }; vehicle: string | null }>(`aboard.${key}`, { aboard: {}, vehicle: null })

  const aboardOf = (order: Order): readonly Aboard[] => draft.value.aboard[order.id] ?? []
  const open = computed(() => orders.value.filter((order) => !order.loading && !order.cancelled && !leftOf(order)))
  /** Planned first, otherwise the vehicle that stands at the dock. */
  const vehicle = computed({
    get: () => draft.value.vehicle ?? (planned() || last.value.vehicle),
    set: (value) => (draft.value.vehicle = value),
  })

  const said = shallowRef<Said>({ state: 'idle' })
  const stamp = shallowRef(0)
  function say(next: Said) {
    said.value = next
    stamp.value += 1
    if (next.state !== 'idle') signal(next.state === 'at' ? 'right' : next.state)
  }

  function put(order: Order, aboard: readonly Aboard[]) {
    const { [order.id]: _, ...others } = draft.value.aboard
    draft.value.aboard = aboard.length > 0 ? { ...others, [order.id]: aboard.map((each) => ({ ...each })) } : others
  }
  /** By hand, where the site allows it: one package, or all that are left. */
  function tick(order: Order, no: number, on: boolean) {
    const rest = aboardOf(order).filter((each) => each.no !== no)
    const code = order.packages.find((each) => each.no === no)?.code
    put(order, on ? [...rest, { no, ...(code === undefined ? {} : { code }), scanned: false }] : rest)
  }
  function tickAll(order: Order) {
    put(order, [...aboardOf(order), ...missingOf(order, aboardOf(order)).map(({ no, code }) => ({ no, ...(code === undefined ? {} : { code }), scanned: false }))])
  }

  const payloadOf = (order: Order, counted?: number): Payload<'Load'> => {
    const loaded = aboardOf(order).map((each) => ({ ...each })).sort((a, b) => a.no - b.no)
    return { vehicle: vehicle.value.trim(), packages: counted ?? loaded.length, ...(loaded.length > 0 && counted === undefined ? { loaded } : {}) }
  }
  /** `counted`: goods that nobody packed. */
  async function record(them: readonly Order[], counted?: number): Promise<Outcome> {
    if (them.length === 0) return 'turned-away'
    const outcome = await act(...them.map((order) => ({ type: 'Load', doc: order.id, payload: payloadOf(order, counted) }) as const))
    if (outcome !== 'done') return outcome
    last.value = { ...last.value, vehicle: vehicle.value.trim() }
    for (const order of them) {
      put(order, [])
      recorded(order.id)
    }
    return outcome
  }

  // One after the other, each on what the one before has left.
  let queue: Promise<unknown> = Promise.resolve()
  function scanned(text: string): Promise<unknown> {
    const turn = queue.then(() => hear(readScan(text, world)))
    queue = turn.catch(() => undefined)
    return turn
  }
  async function hear(scan: Scan): Promise<unknown> {
    if (isPrinted(scan)) return carryOut(scan)
    const answer = expectPackage(scan, orders.value, aboardOf)
    if (answer.is !== 'right') {
      const found = answer.is === 'unknown' ? await foundBy(db, scan) : null
      const trip = found?.is === 'trip' ? found.trip : found ? null : await tripOfVehicle(scan)
      return trip && (whole === null || trip.id === whole) ? standAt(trip) : say({ state: 'wrong', scan, answer, found })
    }
    const { order, aboard } = answer
    put(order, [...aboardOf(order), aboard])
    say({ state: 'right', order, no: aboard.no, aboard: aboardOf(order).length, whole: isWhole(order, aboardOf(order)) })
    await recordWhole(order)
  }
  /** All of it was scanned onto a vehicle that is known: that is the fact, and nobody has to say it again. */
  async function recordWhole(order: Order): Promise<void> {
    const aboard = aboardOf(order)
    if (isWhole(order, aboard) && aboard.every((each) => each.scanned) && vehicle.value.trim() !== '') await record([order])
  }
  /** Of those with this vehicle the next that has not left. */
  async function tripOfVehicle(scan: Scan): Promise<Trip | null> {
    const coming = await tripsIn(db, 'trips', { from: new Date(world.now() - LOOK_BACK_MS).toISOString(), limit: 40 })
    for (const trip of coming.filter((each) => namesPlace(scan, each.vehicle))) if (!tripLeft(await ordersIn(db, `trip:${trip.id}`, { limit: 1000 }))) return trip
    return null
  }
  /** The vehicle that stands there: an order by itself goes with it, and what was scanned before is on it. */
  async function standAt(trip: Trip): Promise<void> {
    vehicle.value = trip.vehicle
    say({ state: 'at', trip })
    const [order] = whole === null ? open.value : []
    if (order && order.trip?.id !== trip.id && session.has(...COMMANDS.PutOnTrip.roles)) {
      const stop = freeStop(await ordersIn(db, `trip:${trip.id}`, { limit: 1000 }))
      await act({ type: 'PutOnTrip', doc: order.id, payload: tripStop(trip, stop) })
    }
    for (const each of open.value) await recordWhole(each)
  }

  const begun = computed(() => open.value.filter((order) => aboardOf(order).length > 0))
  /** What the last scan said is taken back; everything else is a key of the screen. */
  function carryOut(printed: Printed): void {
    const command = printed.is === 'command' ? printed.command : null
    const { value: last } = said
    const isOfScan = last.state !== 'idle' && (command === 'no' || command === 'undo')
    if (isOfScan) said.value = { state: 'idle' }
    else obey(printed)
    if (isOfScan && command === 'undo' && last.state === 'right') put(last.order, aboardOf(last.order).slice(0, -1))
  }

  return { aboardOf, open, begun, vehicle, said, stamp, scanned, tick, tickAll, record, payloadOf, busy, clear, settle: () => (said.value = { state: 'idle' }) }
}
export type Loading = ReturnType<typeof useLoading>
