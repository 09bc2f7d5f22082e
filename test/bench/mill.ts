/** A site for measuring: products with lots on shelves, any number of confirmed orders, and a picker. Made through the doors. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { putBodies } from '../../server/sync/put.ts'
import { openSqliteLog } from '../../server/log/sqlite/log.ts'
import type { Payload } from '../../shared/order/commands.ts'
import { readGrant } from '../../shared/people/grant.ts'
import type { Enrolled, NewCode, SignedIn } from '../../shared/people/wire.ts'
import type { Product } from '../../shared/product/product.ts'
import { uuidv7 } from '../../shared/sync/id.ts'
import { MAX_COMMANDS, PROTOCOL, type WireCommand } from '../../shared/sync/wire.ts'
import { wholeReply } from '../../shared/sync/slim.ts'
import type { ServerProcess } from '../support/process.ts'
import type { Fetch } from '../support/http2.ts'

export const random = (length: number) => new Uint8Array(randomBytes(length))
export type Mill = Awaited<ReturnType<typeof foundMill>>
type Headers = { [name: string]: string }

const PIN = '2468'
const CUSTOMERS = ['臺中信義紙業', '大甲印刷廠', '新豐文具行', '華岡包裝', '嘉南出版社', '東海紙器', '三和彩印', '北埔文創']
const DAY_MS = 24 * 3_600_000

/** `lines`: of an order, each of `rolls` rolls for which there are lots on the shelves. `begun`: one order in so many has a first pick. */
export type Size = { orders: number; lines: number; rolls?: number; begun?: number }

export async function foundMill(server: ServerProcess, { fetch: line = fetch, ...size }: Size & { fetch?: Fetch }) {
  const post = poster(server.url, line)
  const setup = await post<Enrolled & SignedIn>('/api/setup', {
    code: await server.code(),
    site: '大甲廠',
    person: '陳主管',
    pin: PIN,
    example: false,
    device: { name: 'desk', publicKey: '' },
  })
  const headers = { Authorization: `Bearer ${setup.token}`, Grant: setup.grant }
  const boss = readGrant(setup.grant)
  if (!boss) throw new Error('the set-up gave no grant')
  await post(`/api/people/${boss.person}`, { name: '陳主管', roles: ['warehouse', 'service', 'service-supervisor', 'supervisor'], pin: null, active: true }, { headers, method: 'PATCH' })
  const picker = await post<{ id: string; name: string }>('/api/people', { name: '林揀貨', roles: ['warehouse'], pin: PIN, active: true }, { headers })
  const products = await stock(server.directory, setup.site.id)
  const mill = {
    url: server.url,
    site: setup.site.id,
    picker: { ...picker, pin: PIN },
    boss: { id: boss.person, pin: PIN },
    headers,
    post,
    orders: [] as string[],
    products,
    /** opens the door for one more device */
    code: async () => (await post<NewCode>('/api/codes', {}, { headers })).code,
    async device(name: string): Promise<Enrolled> {
      return post<Enrolled>('/api/enrol', { code: await mill.code(), device: { name, publicKey: '' } })
    },
  }
  mill.orders.push(...(await place(mill, products, size)))
  return mill
}

export function poster(url: string, line: Fetch = fetch) {
  return async <T>(path: string, body: unknown, { headers = {}, method = 'POST' }: { headers?: Headers; method?: string } = {}): Promise<T> => {
    const response = await line(`${url}${path}`, { method, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
}

/** 60 papers, each with a dozen lots on four shelves: what a picker's screen has to choose from. */
async function stock(directory: string, site: string): Promise<Product[]> {
  const at = Date.now()
  const products = Array.from({ length: 60 }, (_, i) => {
    const sku = `BX-${200 + i}`
    const lots = Array.from({ length: 12 }, (_, n) => ({
      location: `A-${String(1 + (i % 12)).padStart(2, '0')}-${1 + (n % 4)}`,
      lot: `R-26-${String(i).padStart(3, '0')}${String(n).padStart(3, '0')}`,
      quantity: 400,
      grams: 400 * 412_000,
      receivedOn: new Date(at - (n + 1) * DAY_MS).toISOString().slice(0, 10),
    }))
    return { kind: 'product' as const, id: uuidv7(at, random), site, sku, name: `牛皮紙 ${120 + i} g`, spec: `幅寬 ${1000 + i} mm`, unit: 'roll' as const, grams: 412_000, barcode: `20000${i}`, stock: lots }
  })
  const log = await openSqliteLog({ file: join(directory, 'countersign.sqlite'), random })
  const act = { by: '', name: '', at: new Date(at).toISOString(), device: '', command: uuidv7(at, random) }
  await log.write((tx) => putBodies(tx, site, products, act))
  await log.close()
  return products.map((product) => ({ ...product, version: 1 }))
}

/** What a device asks, without what it gives to each command itself. */
type AskedOf = Pick<WireCommand, 'type' | 'doc' | 'payload'>
type Office = { boss: { id: string }; device(name: string): Promise<Enrolled>; post: ReturnType<typeof poster> }

/** A device of the boss that only sends, in requests as large as a device's: what others do is not asked for. */
export async function openOffice(mill: Office): Promise<{ send(asked: readonly AskedOf[]): Promise<void> }> {
  const office = await mill.device('office')
  const authorization = { Authorization: `Bearer ${office.token}` }
  const { grant } = await mill.post<SignedIn>('/api/sign-in', { person: mill.boss.id, pin: PIN }, { headers: authorization })
  const grantId = readGrant(grant)?.id ?? ''
  let [seq, epoch] = [0, '']
  const whole = (asked: AskedOf): WireCommand => {
    seq += 1
    const now = Date.now()
    return { ...asked, id: uuidv7(now, random), seq, v: 1, grant: grantId, at: new Date(now).toISOString(), mono: 1, seen: 0, signed: true, blobs: [] }
  }
  const ask = async (commands: readonly WireCommand[]) => {
    const clock = { wall: new Date().toISOString(), zone: 'Asia/Taipei', mono: 1, boot: 'office', offset: 0, error: 5 }
    const quiet = { current: '', cursors: {}, held: {}, need: [], waiting: { commands: 0, blobs: 0, oldest: null } }
    const request = { protocol: PROTOCOL, app: 'bench', device: office.device.id, epoch, acked: seq - commands.length, grants: { [grantId]: grant }, ...quiet, clock, commands }
    const reply = wholeReply(await mill.post('/api/sync', request, { headers: authorization }), { cursors: {} })
    const bad = reply.verdicts.find((each) => each.verdict !== 'accepted')
    if (bad || reply.stopped) throw new Error(`not accepted: ${JSON.stringify(bad ?? reply.stopped)}`)
    epoch = reply.epoch
  }
  await ask([])
  return {
    async send(asked) {
      for (let i = 0; i < asked.length; i += MAX_COMMANDS) await ask(asked.slice(i, i + MAX_COMMANDS).map(whole))
    },
  }
}

/** Placed and confirmed. */
async function place(mill: Office, products: readonly Product[], { orders, lines, rolls = 1, begun = Number.POSITIVE_INFINITY }: Size): Promise<string[]> {
  const office = await openOffice(mill)
  const now = Date.now()
  const ids = Array.from({ length: orders }, () => uuidv7(now, random))
  await office.send(
    ids.flatMap((doc, i) => [
      { type: 'PlaceOrder', doc, payload: form(i, products, { lines, rolls, now }) },
      { type: 'SignGate', doc, payload: { gate: 'confirmation', note: '' } },
      ...(i % begun === 1 ? [{ type: 'PickLine', doc, payload: firstPick(products[(i * lines) % products.length]) }] : []),
    ]),
  )
  return ids
}

/** Of the lot that came in first. */
export function firstPick(product: Product | undefined): Payload<'PickLine'> {
  const lot = product?.stock.at(-1)
  return { line: 1, quantity: 1, lot: lot?.lot ?? '', from: lot?.location ?? '', grams: 412_000 }
}

export function form(i: number, products: readonly Product[], { lines, rolls, now }: { lines: number; rolls: number; now: number }): Payload<'PlaceOrder'> {
  const customer = CUSTOMERS[i % CUSTOMERS.length] ?? ''
  return {
    number: `SO-2611-${String(i + 1).padStart(5, '0')}`,
    source: { name: '', key: '' },
    process: 'stock',
    customer: { id: `C-${i % 400}`, name: `${customer}${i % 400}`, grade: 'A' },
    terms: 'monthly',
    contact: '王小姐',
    phone: '04-2345-6789',
    shipTo: `臺中市大甲區中山路 ${1 + (i % 300)} 號`,
    currency: 'TWD',
    placedAt: new Date(now - (i % 40) * 3_600_000).toISOString(),
    promisedAt: new Date(now + (1 + (i % 12)) * DAY_MS).toISOString(),
    tolerance: '±2 %',
    quality: 'A',
    packaging: '棧板',
    delivery: '貨車',
    clauses: '',
    memo: '',
    lines: Array.from({ length: lines }, (_, n) => {
      const product = products[(i * lines + n * 7) % products.length]
      if (!product) throw new Error('no product')
      return { no: n + 1, sku: product.sku, name: product.name, spec: product.spec, unit: product.unit, quantity: rolls, price: 1_200_000, grams: product.grams }
    }),
  }
}
