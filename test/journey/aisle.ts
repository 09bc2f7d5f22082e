/** What the tests of faults begin with: a server, orders that stand confirmed, and phones at which their picker stands. And how they end. */
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Order } from '../../shared/order/order.ts'
import type { Role } from '../../shared/people/role.ts'
import type { Enrolled, NewCode, PersonRecord, SignedIn } from '../../shared/people/wire.ts'
import { connect } from '../../server/log/sqlite/connection.ts'
import { form } from '../server/floor.ts'
import { docsThere, standAt, tablesMade } from '../support/mill.ts'
import { openPhone, type Phone } from '../support/open-phone.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { orderOn, says, waitingOn } from './floor.ts'

const ROLES: Role[] = ['service', 'service-supervisor', 'warehouse', 'quality', 'shipper', 'driver']
/** More rolls than anybody takes here. */
const ROLLS = 500

export type Recorded = { id: string; device: string; seq: number; type: string; doc: string; verdict: string }
export type Aisle = {
  server: ServerProcess
  /** a phone without a screen, at which the same person stands */
  office: Phone
  picker: PersonRecord
  code(): Promise<string>
  /** somebody else, with the same PIN */
  hire(name: string, ...roles: Role[]): Promise<PersonRecord>
  /** A page of a new device at which the picker stands, with the orders on it. `url`: of what stands before the server. */
  stand(page: Page, url?: string): Promise<Enrolled>
  /** the commands in the server's file, as it lies there */
  recorded(): Recorded[]
  /** the order in the server's file */
  order(id: string): Order
  end(): Promise<void>
}

export async function openAisle(orders: readonly string[]): Promise<Aisle> {
  const server = await startProcess()
  const post = async <T>(path: string, body: unknown, { token, grant }: Partial<Enrolled & SignedIn> = {}): Promise<T> => {
    const response = await fetch(`${server.url}${path}`, { method: 'POST', headers: { ...(token && { Authorization: `Bearer ${token}` }), ...(grant && { Grant: grant }) }, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  const boss = await post<Enrolled & SignedIn>('/api/setup', { code: await server.code(), site: '北廠', person: '林主管', pin: '4711', example: false, device: { name: '辦公室', publicKey: '' } })
  const picker = await post<PersonRecord>('/api/people', { name: '陳俊宏', roles: ROLES, pin: '1234', active: true }, boss)
  const code = async () => (await post<NewCode>('/api/codes', {}, boss)).code
  const office = await openPhone({ url: server.url, code: await code(), person: picker.id, pin: '1234' })
  for (const doc of orders) {
    const lines = [{ no: 1, sku: 'BK-1', name: '牛皮紙', spec: '1092 mm', unit: 'roll' as const, quantity: ROLLS, price: 1234, grams: 0 }]
    await office.issue({ type: 'PlaceOrder', doc, payload: form(`N-${doc}`, { lines }) }, { type: 'SignGate', doc, payload: { gate: 'confirmation', note: '' }, signed: true })
  }
  await office.sync()
  await office.sync()
  expect(await office.db.outbox.count()).toBe(0)

  return {
    server,
    office,
    picker,
    code,
    hire: (name, ...roles) => post<PersonRecord>('/api/people', { name, roles, pin: '1234', active: true }, boss),
    async stand(page, url = server.url) {
      const device = await post<Enrolled>('/api/enrol', { code: await code(), device: { name: '手機', publicKey: '' } })
      const { grant } = await post<SignedIn>('/api/sign-in', { person: picker.id, pin: '1234' }, device)
      await page.goto(`${url}/settings`)
      await tablesMade(page)
      await standAt(page, device, grant)
      await page.goto(`${url}/sync`)
      await docsThere(page, orders.length)
      return device
    },
    ...fileOf(server),
    async end() {
      await office.close()
      await server.end()
    },
  }
}

/** What lies in the server's file. */
export function fileOf({ directory }: ServerProcess): Pick<Aisle, 'recorded' | 'order'> {
  const inFile = <T>(sql: string, ...values: string[]): T[] => {
    const file = connect(join(directory, 'countersign.sqlite'), 'read')
    try {
      return file.prepare(sql).all(...values) as T[]
    } finally {
      file.close()
    }
  }
  return {
    recorded: () => inFile<Recorded>('select id, device, seq, type, doc, verdict from command'),
    order(id) {
      const [row] = inFile<{ body: string }>('select body from doc where id = ?', id)
      if (!row) throw new Error(`the server has no order ${id}`)
      return JSON.parse(row.body) as Order
    },
  }
}

/** Opens the order where its rolls are taken, and takes it on if nobody has. */
export async function opens(page: Page, url: string, order: string): Promise<void> {
  await page.goto(`${url}/pick/${order}`)
  await page.locator('button.main').filter({ visible: true }).last().waitFor()
  const claim = page.getByRole('button', { name: says('pick.claim.title') })
  if (await claim.isVisible()) await claim.click()
  await claim.waitFor({ state: 'detached' })
}

/** How many rolls the screen calls taken. */
export const shown = (page: Page): Promise<number> => page.locator('.count small').last().innerText().then(figureIn)
const figureIn = (text: string): number => Number(/(\d+)／/.exec(text)?.[1] ?? 0)

/** One roll after the other, as many as this, each once the screen says so of the one before. */
export async function takes(page: Page, rolls: number): Promise<void> {
  const before = await shown(page)
  for (let taken = 1; taken <= rolls; taken++) {
    await page.locator('button.main').filter({ visible: true }).and(page.locator(':not([aria-busy=true])')).last().click()
    await expect.poll(() => shown(page), { interval: 10 }).toBe(before + taken)
  }
}

/** Whatever is being written when this is asked has been written, or is not going to be. */
const written = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const open = indexedDB.open('countersign')
        open.onsuccess = () => {
          open.result.transaction('outbox', 'readwrite').oncomplete = () => {
            open.result.close()
            done()
          }
        }
      }),
  )

export type Burst = { /** the last figure the screen showed */ shown(): number; /** until the screen has shown it */ until(figure: number): Promise<void>; end(): Promise<void> }
/** Taps as fast as the screen takes them, until the end or until the page is gone. */
export async function burst(page: Page): Promise<Burst> {
  let last = await shown(page)
  const waiters = new Set<() => void>()
  page.on('console', (message) => {
    const said = /^taken (\d+)$/.exec(message.text())
    if (!said) return
    last = Number(said[1])
    for (const look of waiters) look()
  })
  await page.evaluate(() => {
    let before = ''
    const look = () => {
      const now = /(\d+)／/.exec([...document.querySelectorAll('.count small')].at(-1)?.textContent ?? '')?.[1] ?? before
      if (now !== before) console.info(`taken ${now}`)
      before = now
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
    const tapping = setInterval(() => [...document.querySelectorAll<HTMLElement>('button.main')].at(-1)?.click(), 1)
    addEventListener('burst-over', () => clearInterval(tapping))
  })
  return {
    shown: () => last,
    until: (figure) =>
      new Promise((done) => {
        const look = () => {
          if (last < figure) return
          waiters.delete(look)
          done()
        }
        waiters.add(look)
        look()
      }),
    async end() {
      await page.evaluate(() => dispatchEvent(new Event('burst-over')))
      await page.locator('button.main[aria-busy=true]').waitFor({ state: 'detached' })
      await written(page)
    },
  }
}

/** Ids of the commands of a table on the device, as they were made. */
export function commandsOn(page: Page, table: 'outbox' | 'archive' | 'attention'): Promise<{ id: string; doc: string; type: string }[]> {
  return page.evaluate(
    (table) =>
      new Promise((done) => {
        const open = indexedDB.open('countersign')
        open.onsuccess = () => {
          const rows = open.result.transaction(table).objectStore(table).getAll()
          rows.onsuccess = () => {
            open.result.close()
            done((rows.result as { id: string; doc: string; type: string }[]).map(({ id, doc, type }) => ({ id, doc, type })))
          }
        }
      }),
    table,
  )
}

/**
 * The end of every fault: all that the device kept of the order is in the server's file once, and has had its effect once, and what
 * the screen called taken is among it. Resolves to how many rolls the server has.
 */
export async function provenOnce(page: Page, aisle: Aisle, order: string, told: number): Promise<number> {
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(() => waitingOn(page), { timeout: 30_000 }).toBe(0)
  const mine = (await commandsOn(page, 'archive')).filter(({ doc, type }) => doc === order && type === 'PickLine').map(({ id }) => id)
  const there = aisle.recorded().filter(({ doc, type }) => doc === order && type === 'PickLine')
  expect(there.filter(({ verdict }) => verdict !== 'accepted')).toEqual([])
  const ids = there.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(mine.filter((id) => !ids.includes(id))).toEqual([])
  const { picks } = aisle.order(order)
  expect(picks.map(({ command }) => command).toSorted()).toEqual(ids.toSorted())
  expect(picks.length).toBeGreaterThanOrEqual(told)
  expect((await orderOn(page, order)).picks).toHaveLength(picks.length)
  expect(await commandsOn(page, 'attention')).toEqual([])
  return picks.length
}

export async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  return page
}
export { says }
