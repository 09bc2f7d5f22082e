/**
 * The example mill, to look at: a device that is enrolled and people who are signed in by the tables, where the way in by code
 * and PIN is not what matters. What happens at the doors of sign-in is for the journeys.
 */
import type { Page } from 'playwright-core'
import type { Order } from '../../shared/order/order.ts'
import { stageOf } from '../../shared/order/stage.ts'
import type { Enrolled, NewCode, SignedIn } from '../../shared/people/wire.ts'
import type { Role } from '../../shared/people/role.ts'
import type { SiteForm } from '../../shared/site/site.ts'
import type { Body } from '../../shared/sync/doc.ts'
import type { SnapshotPage } from '../../shared/sync/wire.ts'
import type { Trip } from '../../shared/trip/trip.ts'
import { listsOf } from '../../shared/work/lists.ts'
import { type Stop, walkOf } from '../../shared/work/walk.ts'
import { answersTrue } from './browser.ts'
import { openPhone, type Phone } from './open-phone.ts'
import type { ServerProcess } from './process.ts'

export type Mill = {
  enrolled: Enrolled
  /** of somebody who has this role */
  grantOf(role: string): Promise<string>
  /** of a new person who has all of them */
  grantOfNew(name: string, roles: readonly Role[]): Promise<string>
  bodies(grant: string): Promise<Body[]>
  /** the site's rules, as its supervisor sets them */
  rules(rules: Partial<SiteForm>): Promise<void>
  /** by which one more device joins */
  code(): Promise<string>
  /** of its own, with nobody's screen: somebody who has this role is signed in */
  phone(role: string): Promise<Phone>
}

/** Of whoever is new. */
export const NEW_PIN = '2580'
const PINS = /^\s*(\d{4,8}) {2}(.+?) {2}/gm

export async function openMill(server: ServerProcess, device = 'look'): Promise<Mill> {
  const post = async <T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> => {
    const response = await fetch(`${server.url}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  const enrolled = await post<Enrolled>('/api/enrol', { code: await server.code(), device: { name: device, publicKey: '' } })
  const token = { Authorization: `Bearer ${enrolled.token}` }
  const pins = new Map([...server.output().matchAll(PINS)].map(([, digits = '', name = '']) => [name, digits]))
  const signIn = async (person: string, pin: string) => (await post<SignedIn>('/api/sign-in', { person, pin }, token)).grant

  function whoHas(role: string): { id: string; pin: string } {
    const person = enrolled.people.find((each) => each.roles.some((has) => has === role))
    if (!person) throw new Error(`nobody has the role ${role}; there are ${enrolled.people.map((each) => `${each.name} (${each.roles.join(', ')})`).join(', ')}`)
    return { id: person.id, pin: pins.get(person.name) ?? '' }
  }
  async function grantOf(role: string): Promise<string> {
    const { id, pin } = whoHas(role)
    return signIn(id, pin)
  }
  async function phone(role: string): Promise<Phone> {
    const { id, pin } = whoHas(role)
    return openPhone({ url: server.url, name: role, code: await code(), person: id, pin })
  }
  const code = async () => (await post<NewCode>('/api/codes', {}, { ...token, Grant: await grantOf('supervisor') })).code
  async function grantOfNew(name: string, roles: readonly Role[]): Promise<string> {
    const pin = NEW_PIN
    const { id } = await post<{ id: string }>('/api/people', { name, roles, pin, active: true }, { ...token, Grant: await grantOf('supervisor') })
    return signIn(id, pin)
  }
  async function bodies(grant: string): Promise<Body[]> {
    const docs: SnapshotPage['docs'] = []
    for (let next: string | null = ''; next !== null; ) {
      const response: Response = await fetch(`${server.url}/api/snapshot/site:${enrolled.site.id}?after=${encodeURIComponent(next)}`, { headers: { ...token, Grant: grant } })
      const page = (await response.json()) as SnapshotPage
      docs.push(...page.docs)
      next = page.next
    }
    return docs.map(({ body }) => body)
  }
  async function rules(rules: Partial<SiteForm>): Promise<void> {
    const form: SiteForm = { name: enrolled.site.name, workRules: ['promised', 'received'], ...rules }
    const response = await fetch(`${server.url}/api/site`, { method: 'PATCH', headers: { 'Content-Type': 'application/json', ...token, Grant: await grantOf('supervisor') }, body: JSON.stringify(form) })
    if (!response.ok) throw new Error(`the site's rules: ${response.status} ${await response.text()}`)
  }
  return { enrolled, grantOf, grantOfNew, bodies, rules, code, phone }
}

/** Who a grant is for. */
export const personOf = (grant: string): string => (JSON.parse(Buffer.from(grant.split('.')[0] ?? '', 'base64url').toString('utf8')) as { person: string }).person

/** A shipper plans these orders as the last stops of a trip. */
export async function putOnTrip(mill: Mill, orders: readonly string[], { id, number, driver, driverName, vehicle }: Trip): Promise<void> {
  const phone = await mill.phone('shipper')
  while (!(await phone.order(orders.at(-1) ?? '')) || !(await phone.order(orders[0] ?? ''))) await phone.sync()
  await phone.issue(...orders.map((doc, i) => ({ type: 'PutOnTrip', doc, payload: { id, number, driver, driverName, vehicle, stop: 8 + i } }) as const))
  await phone.sync()
  await phone.close()
}

/** The first of a list of shared/work/lists.ts, as the screens sort it. */
export function firstIn(bodies: readonly Body[], list: string, fits: (body: Body) => boolean = () => true): string {
  const found = bodies.filter(fits).flatMap((body) => listsOf(body).filter((entry) => entry.startsWith(`${list}|`)).map((entry) => ({ entry, id: body.id })))
  const [first] = found.sort((a, b) => (a.entry < b.entry ? -1 : 1))
  if (!first) throw new Error(`nothing stands in the list ${list}`)
  return first.id
}

/** The app has made its tables: opening them before would make empty ones. */
export async function tablesMade(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await answersTrue(() => page.evaluate(async () => (await indexedDB.databases()).some((each) => each.name === 'countersign' && (each.version ?? 0) >= 10)))
}

/** The first load: until so many of the site's docs are there. */
export async function docsThere(page: Page, most = 6): Promise<void> {
  await answersTrue(() =>
    page.evaluate(
      (most) =>
        new Promise<boolean>((done) => {
          const open = indexedDB.open('countersign')
          open.onsuccess = () => {
            const tables = open.result.transaction(['docs', 'registers', 'struck'])
            const [rows, registers, struck] = [tables.objectStore('docs').count(), tables.objectStore('registers').getAll(), tables.objectStore('struck').count()]
            tables.oncomplete = () => {
              const bundled = (registers.result as { ids: string[] }[]).reduce((sum, { ids }) => sum + ids.length, 0)
              done(rows.result + bundled - struck.result >= most)
              open.result.close()
            }
          }
        }),
      most,
    ),
  )
}

/** Whoever the grant is for stands at the device, after the next load of the page. */
export async function standAt(page: Page, { device, token, site }: Enrolled, grant: string): Promise<void> {
  const body = JSON.parse(Buffer.from(grant.split('.')[0] ?? '', 'base64url').toString('utf8')) as { id: string }
  await putRows(page, 'meta', [
    { key: 'identity', value: { device: device.id, number: device.number, name: device.name, token, site: site.id, siteName: site.name, zone: site.zone, currency: site.currency } },
    { key: 'grants', value: { [body.id]: grant } },
    { key: 'current', value: body.id },
  ])
}

/** They stand at a device that holds the whole site. */
export async function standWithAll(page: Page, url: string, enrolled: Enrolled, grant: string, bodies: readonly Body[]): Promise<void> {
  await page.goto(`${url}/settings`)
  await tablesMade(page)
  await standAt(page, enrolled, grant)
  await page.goto(`${url}/sync`)
  await docsThere(page, bodies.length)
}

/** Orders that nobody has begun, each with the way through the aisles that it asks for. */
export function freshOrders(bodies: readonly Body[]): { order: Order; walk: Stop[] }[] {
  const products = new Map(bodies.flatMap((body) => (body.kind === 'product' ? [[body.sku, body] as const] : [])))
  return bodies.flatMap((body) => (body.kind === 'order' && stageOf(body) === 'confirmed' && !body.claim ? [{ order: body, walk: walkOf(body, products) }] : []))
}

/** Straight into a table of the device. */
export async function putRows(page: Page, table: string, rows: readonly unknown[]): Promise<void> {
  await page.evaluate(
    ({ table, rows }) =>
      new Promise<void>((done, failed) => {
        const open = indexedDB.open('countersign')
        open.onerror = () => failed(open.error)
        open.onsuccess = () => {
          const work = open.result.transaction(table, 'readwrite')
          for (const row of rows) work.objectStore(table).put(row)
          work.oncomplete = () => {
            open.result.close()
            done()
          }
          work.onerror = () => failed(work.error)
        }
      }),
    { table, rows },
  )
}
