/**
 * Bytes on the wire of a picker's shift, counted at the socket: TLS, headers, gzip and all. A phone without a screen (the real
 * engine) talks to a real server process through a relay that counts, by HTTP/2 and with the headers of a browser.
 */
import { createSecureServer } from 'node:http2'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Act } from '../../client/issue.ts'
import { rowsWith } from '../../client/tables.ts'
import type { Order } from '../../shared/order/order.ts'
import { type Caller, openCaller } from '../support/http2.ts'
import { openPhone, type Phone, until } from '../support/open-phone.ts'
import { CERTIFICATE, KEY } from '../server/localhost.ts'
import { startProcess } from '../support/process.ts'
import { figure, type Figure } from './figure.ts'
import { type Counted, openRelay, type Relay } from './line.ts'
import { foundMill } from './mill.ts'

const ORDERS = 1000
const LINES = 5
const PICKS = 200
/** What a picker needs from one roll to the next. */
const STEP_MS = 20_000
const AIM_KB = 60

const pack = promisify(gzip)
const kB = ({ up, down }: Counted) => (up + down) / 1000
const ways = ({ up, down }: Counted) => `${(up / 1000).toFixed(1)} kB up, ${(down / 1000).toFixed(1)} kB down`

export async function wireFigures(): Promise<Figure[]> {
  const server = await startProcess({ tls: true })
  const relay = await openRelay(Number(new URL(server.url).port))
  const url = `https://localhost:${relay.port}`
  const office = openCaller(server.url, CERTIFICATE)
  const line = openCaller(url, CERTIFICATE)
  try {
    const mill = await foundMill(server, { orders: ORDERS, lines: LINES, fetch: office.fetch })
    const clock = { now: Date.now() }
    const phone = await openPhone({ url, between: () => line.fetch, now: () => clock.now, code: await mill.code() })
    const signedIn = await phone.device.people.signIn(mill.picker.id, mill.picker.pin)
    if (typeof signedIn === 'string' || !('grant' in signedIn)) throw new Error(`not signed in: ${JSON.stringify(signedIn)}`)
    relay.count()
    phone.device.sync.start()
    await until(async () => (await phone.db.docs.where('lists').startsWith('all|').count()) === ORDERS)
    await quiet(phone)
    const first = relay.count()

    const shift = PICKS / LINES
    const away = await shiftOf(phone, { relay, line, clock }, { orders: mill.orders.slice(0, shift), reach: false })
    const online = await shiftOf(phone, { relay, line, clock }, { orders: mill.orders.slice(shift, 2 * shift), reach: true })
    const naive = await naively(phone, away.ids)
    await phone.close()

    const baseline = { name: 'each command in a request of its own, its whole order and the product it moves back, gzipped', value: kB(naive) }
    return [
      figure({ name: `first load of ${ORDERS} orders`, value: kB(first), unit: 'kB', note: ways(first) }),
      figure({
        name: `a shift of ${PICKS} picks out of reach, sent when the line is back`,
        value: kB(away.counted),
        unit: 'kB',
        baseline,
        aim: { below: AIM_KB },
        note: `${away.ids.length} commands; ${ways(away.counted)}`,
      }),
      figure({
        name: `a shift of ${PICKS} picks online, each sent as it is made`,
        value: kB(online.counted),
        unit: 'kB',
        baseline,
        aim: { under: 0.5 },
        note: `${online.ids.length} commands in ${online.trips} round trips, ${Math.round((kB(online.counted) * 1000) / online.trips)} bytes each; ${ways(online.counted)}`,
      }),
    ]
  } finally {
    line.end()
    office.end()
    await relay.end()
    await server.end()
  }
}

/** Until nothing waits and nobody talks. */
async function quiet(phone: Phone): Promise<void> {
  await until(async () => !phone.device.sync.status().busy && (await phone.db.outbox.count()) === 0)
}

type Shift = { counted: Counted; ids: string[]; trips: number }

/** Each order is claimed with its first pick, picked line by line and finished. */
type World = { relay: Relay; line: Caller; clock: { now: number } }
async function shiftOf(phone: Phone, { relay, line, clock }: World, { orders, reach }: { orders: readonly string[]; reach: boolean }): Promise<Shift> {
  relay.count()
  if (!reach) {
    relay.cut()
    phone.line.up = false
  }
  const began = line.calls()
  const ids: string[] = []
  for (const id of orders) {
    const order = await phone.order(id)
    if (!order) throw new Error(`the phone has no order ${id}`)
    for (const acts of actsOf(order)) {
      ids.push(...(await phone.issue(...acts)))
      clock.now += STEP_MS
      await phone.turn(1000)
      if (reach) await quiet(phone)
    }
  }
  relay.mend()
  phone.line.up = true
  await phone.sync()
  await quiet(phone)
  const refused = await phone.db.attention.count()
  if (refused > 0) throw new Error(`${refused} commands were not accepted`)
  return { counted: relay.count(), ids, trips: line.calls() - began }
}

function actsOf(order: Order): Act[][] {
  const doc = order.id
  const picks = order.lines.map((line): Act => ({ type: 'PickLine', doc, payload: { line: line.no, quantity: 1, lot: `R-26-${line.sku.slice(3)}011`, from: 'A-03-1', grams: line.grams } }))
  const [first, ...others] = picks
  if (!first) throw new Error('an order without lines')
  return [[{ type: 'ClaimOrder', doc, payload: {} }, first], ...others.slice(0, -1).map((each) => [each]), [...others.slice(-1), { type: 'FinishPicking', doc, payload: {} }]]
}

/** What the same work costs when every command travels alone, and the order and the product come back whole. */
async function naively(phone: Phone, ids: readonly string[]): Promise<Counted> {
  const bodies: Buffer[] = []
  const server = createSecureServer({ cert: CERTIFICATE, key: KEY }, (request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }).end(bodies.shift() ?? '')
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const relay = await openRelay(typeof address === 'object' && address ? address.port : 0)
  const line = openCaller(`https://localhost:${relay.port}`, CERTIFICATE)
  const token = (await phone.db.read('identity'))?.token ?? ''
  try {
    for (const id of ids) {
      const command = await phone.db.archive.get(id)
      if (!command) throw new Error(`${id} is not settled`)
      const { skus = [] } = command
      const docs = [await phone.db.docs.get(command.doc), ...(await rowsWith(phone.db.docs, 'lists', skus.map((sku) => `products|${sku}`)))]
      bodies.push(await pack(JSON.stringify(docs.map((row) => row?.doc.body))))
      const { type, doc, at, payload } = command
      const response = await line.fetch(`https://localhost:${relay.port}/api/commands`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ id, type, order: doc, at, payload }),
      })
      await response.text()
    }
    return relay.count()
  } finally {
    line.end()
    await relay.end()
    await new Promise((done) => server.close(done))
  }
}
