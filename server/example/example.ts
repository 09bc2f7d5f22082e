/**
 * The example paper mill, generated from a seed: the same each time, with dates around now. Its past is made the way any past
 * is made: commands of people on devices, judged by the rules, kept in the log with verdicts, events, docs and feeds.
 */
import type { OrderForm } from '../../shared/order/form.ts'
import type { Act } from '../../shared/order/order.ts'
import type { Payload } from '../../shared/order/commands.ts'
import type { Grant } from '../../shared/people/grant.ts'
import type { Role } from '../../shared/people/role.ts'
import { checkDigitOf } from '../../shared/scan/gs1/digits.ts'
import { ALL_COMMANDS } from '../../shared/sync/doc.ts'
import { uuidv7 } from '../../shared/sync/id.ts'
import type { WireCommand } from '../../shared/sync/wire.ts'
import type { DeviceRow, Log, PersonRow, WriteTx } from '../log/log.ts'
import { hashPin } from '../people/pin.ts'
import { savePeople } from '../people/save.ts'
import { changeSite } from '../site/change.ts'
import { foundSite } from '../site/found.ts'
import { execute } from '../sync/execute.ts'
import { putBodies } from '../sync/put.ts'
import { type Chance, chanceOf } from './chance.ts'
import { dayOf, earlier, later, monthOf, onDay } from './clock.ts'
import { formOf, PAST_STOPS, type Sketch, sketches, TRIPS } from './orders.ts'
import { DEMO_SSCC, pathOf, type Said, type Step } from './path.ts'
import { DEVICES, type DeviceKey, DRIVERS, PEOPLE, type PersonKey, SITE_NAME } from './people.ts'
import { lotsFrom, PRODUCTS, stockOf } from './products.ts'

const SEED = 20_261_123
const ZONE = 'Asia/Taipei'

export async function fillExample({ log, now }: { log: Log; now: number }): Promise<{ site: string; people: { name: string; roles: Role[]; pin: string }[] } | 'not-empty'> {
  if ((await log.read((tx) => tx.sites())).length > 0) return 'not-empty'
  const chance = chanceOf(SEED)
  const mill = await foundedMill(chance, now)
  const said = storyOf(mill, chance)
  // One transaction: a mill that was begun is not left half full.
  const filled = await log.write(async (tx) => {
    if ((await tx.sites()).length > 0) return false
    const shelves = await settleIn(tx, mill)
    await tell(tx, mill, said)
    await shelves()
    return true
  })
  return filled ? { site: mill.site, people: PEOPLE.map(({ name, roles, pin }) => ({ name, roles: [...roles], pin })) } : 'not-empty'
}

type Mill = { site: string; now: number; foundedAt: number; chance: Chance; people: Map<PersonKey, PersonRow>; devices: Map<DeviceKey, DeviceRow> }

async function foundedMill(chance: Chance, now: number): Promise<Mill> {
  const foundedAt = onDay(now, -45, 8)
  const site = uuidv7(foundedAt, chance.bytes)
  // Salts are drawn before anything is awaited, so that chance falls the same way each time.
  const drawn = PEOPLE.map((person) => ({ person, id: uuidv7(foundedAt, chance.bytes), salt: chance.bytes(16) }))
  const people = await Promise.all(
    drawn.map(async ({ person, id, salt }): Promise<[PersonKey, PersonRow]> => {
      const { name, roles } = person
      const pinHash = await hashPin(person.pin, () => salt)
      return [person.key, { id, site, name, roles: [...roles], pinHash, wrongPins: 0, lockedUntil: null, revokedAt: null }]
    }),
  )
  const devices = DEVICES.map(({ key, name }, i): [DeviceKey, DeviceRow] => {
    const id = uuidv7(foundedAt, chance.bytes)
    // No token has this hash: nobody can speak for a device that is only a story.
    return [key, { id, site, number: i + 1, name, tokenHash: `none:${id}`, publicKey: '', lastSeq: 0, enrolledAt: iso(foundedAt), revokedAt: null, forkOf: null, seen: null }]
  })
  return { site, now, foundedAt, chance, people: new Map(people), devices: new Map(devices) }
}

/** Returns what puts the products on the shelves as they are now, with all that was taken from them before. */
async function settleIn(tx: WriteTx, mill: Mill): Promise<() => Promise<unknown>> {
  const { site, chance, foundedAt, now } = mill
  const supervisor = known(mill.people, 'supervisor')
  const act = (at: number): Act => ({ by: supervisor.id, name: supervisor.name, at: iso(at), device: '', command: uuidv7(at, chance.bytes) })
  await foundSite(tx, { id: site, name: SITE_NAME, zone: ZONE, currency: 'TWD', createdAt: iso(foundedAt) }, act(foundedAt))
  await changeSite(tx, site, { sscc: DEMO_SSCC }, act(foundedAt))
  await savePeople(tx, site, [...mill.people.values()], act(foundedAt))
  for (const device of mill.devices.values()) await tx.addDevice(device)
  const lots = lotsFrom(118_200)
  const products = PRODUCTS.map((goods, i) => {
    const { sku, name, spec, unit, grams } = goods
    const digits = `${DEMO_SSCC.prefix}${String(i + 1).padStart(5, '0')}`
    const barcode = `${digits}${checkDigitOf(digits)}`
    return { kind: 'product' as const, id: uuidv7(foundedAt, chance.bytes), site, sku, name, spec, unit, grams, barcode, stock: stockOf(goods, { chance, lots, today: now }) }
  })
  const put = act(foundedAt)
  return () => putBodies(tx, site, products, put)
}

/** One thing somebody said, when, about what. */
type Saying = { doc: string; id: string; at: number; step: Step; said: Pick<Said, 'id'> }
type Order = { sketch: Sketch; doc: string; form: Omit<OrderForm, 'number'> & { number: string }; sayings: Saying[] }
type Trip = { id: string; number: string; driver: PersonKey; driverName: string; vehicle: string; leavesAt: number; stops: number }

/** Everything that was said in the mill, in the order of time. */
function storyOf(mill: Mill, chance: Chance): Saying[] {
  const trips = new Map<string, Trip>()
  const lots = lotsFrom(114_000)
  let past = 0
  const orders = sketches(chance).map((sketch): Order => {
    const key = sketch.trip ?? (sketch.goal === 'delivered' ? `past-${Math.floor(past++ / PAST_STOPS)}` : null)
    const trip = key === null ? null : tripFor(key, trips, mill)
    if (trip) trip.stops += 1
    return orderOf(sketch, trip, { mill, chance, lots })
  })
  number(orders)
  const planned = [...trips.values()].map((trip) => planningOf(trip, mill))
  return [...planned, ...orders.flatMap((order) => order.sayings)].sort((a, b) => a.at - b.at)
}

function tripFor(key: string, trips: Map<string, Trip>, { now, chance, people }: Mill): Trip {
  const before = trips.get(key)
  if (before) return before
  const today = key in TRIPS ? TRIPS[key as keyof typeof TRIPS] : null
  const index = trips.size
  const leavesAt = today ? later(now, today.leaves) : onDay(now, -1 - Math.floor(index / 2), index % 2 === 0 ? 9 : 13, chance.int(0, 40))
  const { key: driver, vehicle } = DRIVERS[today ? today.driver : index % DRIVERS.length] ?? DRIVERS[0]
  const sameDay = [...trips.values()].filter((trip) => dayOf(trip.leavesAt) === dayOf(leavesAt)).length
  const trip = { id: uuidv7(earlier(leavesAt, 600), chance.bytes), number: `${dayOf(leavesAt)}-${String(sameDay + 1).padStart(2, '0')}`, driver, driverName: known(people, driver).name, vehicle, leavesAt, stops: 0 }
  trips.set(key, trip)
  return trip
}

function planningOf(trip: Trip, { now, chance, people }: Mill): Saying {
  const at = earlier(Math.min(trip.leavesAt, now), 2_000)
  const { id: driver } = known(people, trip.driver)
  const payload = { number: trip.number, driver, driverName: trip.driverName, vehicle: trip.vehicle, plannedAt: iso(trip.leavesAt), note: '' }
  const step: Step = { type: 'PlanTrip', by: 'shipper', gap: 0, name: 'PlanTrip', signed: false, payload: () => payload }
  return { doc: trip.id, id: uuidv7(at, chance.bytes), at, step, said: { id: () => '' } }
}

function orderOf(sketch: Sketch, trip: Trip | null, { mill, chance, lots }: { mill: Mill; chance: Chance; lots: ReturnType<typeof lotsFrom> }): Order {
  const { goal, twists, customer, goods } = sketch
  const endsAt = trip && (goal === 'delivered' || goal === 'arrived' || goal === 'underway') ? trip.leavesAt : mill.now - ageOf(sketch, chance)
  const form: Order['form'] = { ...formOf(sketch, { placedAt: endsAt, endsAt, chance }), number: '' }
  const { key: driver, vehicle } = DRIVERS.find(({ key }) => key === trip?.driver) ?? DRIVERS[0]
  const onTrip: Payload<'PutOnTrip'> | null = trip && { id: trip.id, number: trip.number, driver: known(mill.people, driver).id, driverName: trip.driverName, vehicle, stop: trip.stops }
  const steps = pathOf({ form, customer, goods, goal, twists, trip: onTrip, driver, vehicle, driverName: known(mill.people, driver).name }, chance, lots)
  const times = timesOf(steps, { endsAt, stop: trip?.stops ?? 0 })
  form.placedAt = iso(times[0] ?? endsAt)
  const doc = uuidv7(times[0] ?? endsAt, chance.bytes)
  const ids = new Map(steps.map((step, i) => [step.name, uuidv7(times[i] ?? endsAt, chance.bytes)]))
  const said = { id: (name: string) => known(ids, name) }
  const sayings = steps.map((step, i): Saying => {
    const at = times[i] ?? endsAt
    // A step of a name that comes twice (two gates, two claims) has an id of its own; nobody refers to it.
    const id = steps.findLastIndex((each) => each.name === step.name) === i ? said.id(step.name) : uuidv7(at, chance.bytes)
    return { doc, id, at, step, said }
  })
  return { sketch, doc, form, sayings }
}

/** How long ago the last thing happened to it, in ms. */
function ageOf({ goal, twists }: Sketch, chance: Chance): number {
  if (twists.has('owed')) return chance.int(20, 70) * 60_000
  const [low, high] = goal === 'placed' ? [15, 4_000] : goal === 'confirmed' ? [10, 2_600] : goal === 'cancelled' ? [60, 14_000] : [4, 150]
  return chance.int(low, high) * 60_000
}

/** Backwards from the anchor (leaving the house, or the last step), then forward along the road. */
function timesOf(steps: readonly Step[], { endsAt, stop }: { endsAt: number; stop: number }): number[] {
  const departs = steps.findIndex((step) => step.name === 'Depart')
  const anchor = departs < 0 ? steps.length - 1 : departs
  const times = steps.map(() => endsAt)
  for (let i = anchor; i > 0; i--) times[i - 1] = earlier(times[i] ?? endsAt, steps[i]?.gap ?? 0)
  for (let i = anchor + 1; i < steps.length; i++) {
    const step = steps[i]
    times[i] = step?.name === 'Arrive' ? later(endsAt, 22 * stop + 10) : later(times[i - 1] ?? endsAt, step?.gap ?? 0)
  }
  return times
}

/** SO-2611-0417: counted by month, in the order in which they came. */
function number(orders: readonly Order[]): void {
  const counts = new Map<string, number>()
  for (const { form, sayings } of orders.toSorted((a, b) => (a.sayings[0]?.at ?? 0) - (b.sayings[0]?.at ?? 0))) {
    const month = monthOf(sayings[0]?.at ?? 0)
    const count = (counts.get(month) ?? 300) + 1
    counts.set(month, count)
    form.number = `SO-${month}-${String(count).padStart(4, '0')}`
  }
}

/** Says it all to the log, each device in its own sequence. Faults and refusals are faults of the story: it has none. */
async function tell(tx: WriteTx, mill: Mill, story: readonly Saying[]): Promise<void> {
  const versions = new Map<string, number>()
  const papers = new Map<string, number>()
  for (const run of runsOf(story)) {
    const last = run.at(-1)
    const person = PEOPLE.find((each) => each.key === last?.step.by)
    if (!person || !last) continue
    const device = known(mill.devices, person.device)
    const grants = new Map<string, Grant>()
    const commands = run.map((saying, i): WireCommand => {
      const grant = grantOf(mill, saying, device)
      grants.set(grant.id, grant)
      const { type, signed, payload } = saying.step
      const number = (series: string) => {
        const prefix = `${series}-${monthOf(saying.at)}-${String(device.number).padStart(2, '0')}`
        papers.set(prefix, (papers.get(prefix) ?? 0) + 1)
        return `${prefix}-${String(papers.get(prefix)).padStart(4, '0')}`
      }
      const count = (series: string) => {
        const key = `${series}-${device.number}`
        papers.set(key, (papers.get(key) ?? 0) + 1)
        return { device: device.number, count: papers.get(key) ?? 0 }
      }
      const { pin } = ALL_COMMANDS[type]
      return {
        id: saying.id,
        seq: device.lastSeq + 1 + i,
        type,
        v: 1,
        doc: saying.doc,
        grant: grant.id,
        at: iso(saying.at),
        mono: saying.at - mill.foundedAt,
        seen: versions.get(saying.doc) ?? 0,
        signed: pin && signed,
        payload: payload({ ...saying.said, number, count, at: saying.at }),
        blobs: [],
      }
    })
    const received = Math.min(mill.now, last.at + 2_000)
    const { verdicts, fresh } = await execute(tx, {
      device,
      commands: commands.map((command) => ({ command, broken: null, came: command })),
      grants,
      clock: { wall: iso(last.at), zone: ZONE, mono: last.at - mill.foundedAt, boot: `example-${device.number}`, offset: 0, error: 40 },
      now: iso(received),
      report: (error) => {
        throw error
      },
    })
    const wrong = verdicts.find((each) => each.verdict !== 'accepted')
    if (wrong) throw new Error(`the example said ${JSON.stringify(commands.find((each) => each.id === wrong.id))} and was answered ${JSON.stringify(wrong)}`)
    for (const [id, { body }] of fresh.docs) versions.set(id, body.version)
    device.lastSeq += run.length
    device.seen = { at: iso(received), app: 'example', person: known(mill.people, person.key).id, personName: person.name, commands: 0, blobs: 0, oldest: null, skewMs: 0 }
  }
  for (const device of mill.devices.values()) await tx.saveDevice(device.id, { lastSeq: device.lastSeq, seen: device.seen })
}

const BATCH = 100
const PATIENCE_MS = 20 * 60_000
/** What one device said before another spoke about the same things: a run per device, never longer than a device waits to send. */
function* runsOf(story: readonly Saying[]): Generator<Saying[]> {
  const deviceOf = ({ step }: Saying) => PEOPLE.find((each) => each.key === step.by)?.device
  const open = new Map<DeviceKey | undefined, Saying[]>()
  const holder = new Map<string, DeviceKey | undefined>()
  const close = function* (device: DeviceKey | undefined) {
    const run = open.get(device)
    open.delete(device)
    for (const { doc } of run ?? []) holder.delete(doc)
    if (run) yield run
  }
  for (const saying of story) {
    for (const [waiting, run] of [...open]) if (saying.at - (run[0]?.at ?? 0) > PATIENCE_MS) yield* close(waiting)
    const device = deviceOf(saying)
    const other = holder.has(saying.doc) ? holder.get(saying.doc) : device
    if (other !== device) yield* close(other)
    const run = open.get(device) ?? []
    run.push(saying)
    open.set(device, run)
    holder.set(saying.doc, device)
    if (run.length === BATCH) yield* close(device)
  }
  for (const device of [...open.keys()]) yield* close(device)
}

/** A shift: from the morning of the day, fourteen hours. */
function grantOf(mill: Mill, { step, at }: Saying, device: DeviceRow): Grant {
  const person = known(mill.people, step.by)
  const from = onDay(at, 0, 0)
  return {
    id: `${person.id.slice(-12)}-${device.number}-${dayOf(at)}`,
    site: mill.site,
    device: device.id,
    person: person.id,
    name: person.name,
    roles: person.roles,
    from: iso(from),
    until: iso(later(from, 1440)),
  }
}

function known<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key)
  if (value === undefined) throw new Error(`the example has no ${String(key)}`)
  return value
}
const iso = (ms: number): string => new Date(ms).toISOString()
