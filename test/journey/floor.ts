/** What a person does on a screen, in the words of the screen: shared by the journeys. */
import { expect } from 'vitest'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import type { Order } from '../../shared/order/order.ts'
import type { Body } from '../../shared/sync/doc.ts'
import type { Role } from '../../shared/people/role.ts'
import { faultsOf } from '../support/browser.ts'
import { says } from '../support/words.ts'

export { says }

/** Presses the key or link that says this, once it is there and open. */
export async function press(page: Page, key: string): Promise<void> {
  const name = says(key)
  const target = page.getByRole('button', { name }).or(page.getByRole('link', { name })).filter({ visible: true })
  // While the act before is under way a key takes no tap: nobody's thumb is that fast.
  await target.and(page.locator(':not([aria-busy=true])')).last().click()
}
export async function sees(page: Page, key: string): Promise<void> {
  await page.getByText(says(key)).filter({ visible: true }).first().waitFor()
}

/** The yellow key, once no act is under way. */
export const keyOf = (page: Page): Locator => page.locator('.stub .main').filter({ visible: true }).and(page.locator(':not([aria-busy=true])')).last()

/** The PIN for a step that counts only when signed. */
export async function signs(page: Page, pin: string): Promise<void> {
  const sheet = page.getByRole('dialog').filter({ has: page.locator('.pin-keys') })
  await sheet.waitFor()
  await page.keyboard.type(pin)
  await page.keyboard.press('Enter')
  await sheet.waitFor({ state: 'detached' })
}

/** The read-back: one yes per clause, the last of which asks for the PIN. How many taps that took. */
export async function readsBack(page: Page): Promise<number> {
  await press(page, 'ship.readBack.go')
  const now = page.locator('.clause.now')
  await now.waitFor()
  const clauses = await page.locator('.clause').count()
  for (let n = 1; n <= clauses; n++) {
    await page.locator('.clause.now').filter({ hasText: new RegExp(`^\\s*${n}(?!\\d)`) }).waitFor()
    // No hand says yes twice within a quarter of a second, and a bouncing one is not believed.
    await page.waitForTimeout(260)
    await page.locator('.stub .main').click()
  }
  return clauses
}

export async function setUp(page: Page, url: string, code: string, { site = '大甲倉', person = '陳主管', pin = '4826' } = {}): Promise<void> {
  await page.goto(`${url}/setup#${code}`)
  await page.getByLabel(says('signIn.setup.site')).fill(site)
  await page.getByLabel(says('signIn.setup.person')).fill(person)
  await page.getByLabel('PIN', { exact: true }).fill(pin)
  await page.getByLabel(says('signIn.setup.pinAgain')).fill(pin)
  await press(page, 'signIn.setup.go')
  await page.waitForURL('**/board')
}

export type Employee = { name: string; pin: string; roles: Role[] }

/** By the door that the people screen uses, with the credentials of the person at the desk. */
export async function employ(page: Page, person: Employee): Promise<void> {
  await page.evaluate(async ({ name, pin, roles }) => {
    const meta = await new Promise<Map<string, unknown>>((done) => {
      const open = indexedDB.open('countersign')
      open.onsuccess = () => {
        const rows = open.result.transaction('meta').objectStore('meta').getAll()
        rows.onsuccess = () => {
          open.result.close()
          done(new Map((rows.result as { key: string; value: unknown }[]).map((row) => [row.key, row.value])))
        }
      }
    })
    const headers = {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${(meta.get('identity') as { token: string }).token}`,
      Grant: (meta.get('grants') as { [id: string]: string })[meta.get('current') as string] ?? '',
    }
    const response = await fetch('/api/people', { method: 'POST', headers, body: JSON.stringify({ name, pin, roles, active: true }) })
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  }, person)
}

/** Reads the code off the supervisor's screen and joins with it, as the camera of a phone would. */
export async function enrol(desk: Page, phone: Page, url: string): Promise<void> {
  await desk.goto(`${url}/devices`)
  await press(desk, 'board.enrol.open')
  const code = await desk.getByRole('dialog').getByText(/^[A-Z0-9]{4}[ -]?[A-Z0-9]{4}$/).first().innerText()
  await phone.goto(`${url}/enrol#${code.replaceAll(/[ -]/g, '')}`)
  await press(phone, 'signIn.enrol.go')
  await phone.waitForURL('**/sign-in')
  await desk.keyboard.press('Escape')
}

/** A new device, enrolled by a code: who is at it is asked next. What goes wrong on its page is among the faults. */
export async function joins(context: BrowserContext, url: string, code: string, faults: string[][]): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  faults.push(faultsOf(page))
  await page.goto(`${url}/enrol#${code}`)
  await press(page, 'signIn.enrol.go')
  await page.waitForURL('**/sign-in')
  return page
}

export async function signIn(page: Page, { name, pin }: Pick<Employee, 'name' | 'pin'>): Promise<void> {
  await page.getByRole('link', { name }).click()
  await page.locator('.pin-keys').waitFor()
  await page.keyboard.type(pin)
  await page.locator('.pin-keys button[type=submit]').click()
  await page.waitForURL((to) => !to.pathname.startsWith('/sign-in'))
}

/**
 * Every lot is as it was ordered: what is asked for is measured in the middle of its limits, and the last tap signs. Resolves to how
 * many taps (without the PIN) and figures that took.
 */
export async function inspects(page: Page, pin: string): Promise<{ taps: number; figures: number }> {
  for (let taps = 1, figures = 0; ; taps++) {
    const key = page.locator('.stub .main').last()
    await page.locator('.classes').first().waitFor()
    for (const row of await page.locator('.measure').all()) {
      const [low = 0, high = 0] = (await row.locator('small').innerText()).replaceAll(',', '').match(/[\d.]+/g)?.map(Number) ?? []
      await row.locator('input').first().fill(String((low + high) / 2))
      figures++
    }
    const last = await key.filter({ hasText: says('inspect.act.pass') }).isVisible()
    const goods = await page.locator('.lot').getAttribute('aria-label')
    await key.click()
    if (!last) {
      await page.locator(`.lot:not([aria-label="${goods}"])`).waitFor()
      continue
    }
    await signs(page, pin)
    await sees(page, 'inspect.done.pass')
    return { taps, figures }
  }
}

/** Another person at the same device. */
export async function handOver(page: Page, url: string, to: Pick<Employee, 'name' | 'pin'>): Promise<void> {
  await page.goto(`${url}/settings`)
  await press(page, 'shell.menu')
  await press(page, 'shell.places.switch')
  await page.waitForURL('**/sign-in')
  await signIn(page, to)
}

/** Until the service worker holds the whole app: from here on nothing needs the network. */
export async function installed(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.reload()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}

/** Straight from the device's tables: what the screens read. */
export const orderOn = (page: Page, id: string): Promise<Order> => bodyOn<Order>(page, id)
export async function bodyOn<T extends Body>(page: Page, id: string): Promise<T> {
  const doc = await page.evaluate(
    (wanted) =>
      new Promise<unknown>((done) => {
        const open = indexedDB.open('countersign')
        open.onsuccess = () => {
          const row = open.result.transaction('docs').objectStore('docs').get(wanted)
          row.onsuccess = () => {
            open.result.close()
            done((row.result as { doc?: { body?: unknown } } | undefined)?.doc?.body ?? null)
          }
        }
      }),
    id,
  )
  expect(doc, `${id} is on this device`).not.toBeNull()
  return doc as T
}
/** Ids of the orders on a device by their numbers. */
export async function orderIds(page: Page): Promise<Map<string, string>> {
  const rows = await page.evaluate(
    () =>
      new Promise<[string, string][]>((done) => {
        const open = indexedDB.open('countersign')
        open.onsuccess = () => {
          const all = open.result.transaction('docs').objectStore('docs').getAll()
          all.onsuccess = () => {
            open.result.close()
            done((all.result as { doc: { body: { kind: string; number: string; id: string } } }[]).filter((row) => row.doc.body.kind === 'order').map((row) => [row.doc.body.number, row.doc.body.id]))
          }
        }
      }),
  )
  return new Map(rows)
}
export async function waitingOn(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((done) => {
        const open = indexedDB.open('countersign')
        open.onsuccess = () => {
          const count = open.result.transaction('outbox').objectStore('outbox').count()
          count.onsuccess = () => {
            open.result.close()
            done(count.result)
          }
        }
      }),
  )
}

/** Where the second stroke ends, in parts of the glass. */
export const STROKE_END = [0.8, 0.6] as const
/** A name on the glass, as a finger draws it: two strokes. */
export async function draws(page: Page, canvas: Locator): Promise<void> {
  const box = await canvas.boundingBox()
  if (!box) throw new Error('no glass to sign on')
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const
  for (const stroke of [
    [at(0.2, 0.35), at(0.3, 0.6), at(0.4, 0.3), at(0.5, 0.65)],
    [at(0.55, 0.4), at(0.65, 0.6), at(0.75, 0.35), at(...STROKE_END)],
  ]) {
    const [begin, ...others] = stroke
    if (!begin) continue
    await page.mouse.move(...begin)
    await page.mouse.down()
    for (const point of others) await page.mouse.move(...point, { steps: 6 })
    await page.mouse.up()
  }
}

/** Whether there is ink on the glass: anywhere, or at a place in parts of it. */
export function inkAt(page: Page, x?: number, y?: number): Promise<boolean> {
  return page.locator('canvas').evaluate(
    (glass: HTMLCanvasElement, [x, y]) => {
      const { width, height } = glass
      const [left, top, wide, high] = x === undefined || y === undefined ? [0, 0, width, height] : [Math.round(x * width) - 1, Math.round(y * height) - 1, 3, 3]
      return glass.getContext('2d')?.getImageData(left, top, wide, high).data.some((each, i) => i % 4 === 3 && each > 0) ?? false
    },
    [x, y] as const,
  )
}

/** Other data of the same origin takes what is left of the device, to the last kilobyte. */
export const fillUp = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((done, fail) => {
      const open = indexedDB.open('ballast', 1)
      open.onupgradeneeded = () => open.result.createObjectStore('bytes', { autoIncrement: true })
      open.onsuccess = () => done(open.result)
      open.onerror = () => fail(open.error)
    })
    const put = (bytes: Uint8Array) =>
      new Promise<boolean>((done) => {
        const transaction = database.transaction('bytes', 'readwrite')
        transaction.objectStore('bytes').add(bytes)
        transaction.oncomplete = () => done(true)
        transaction.onabort = () => done(false)
      })
    for (let size = 4 << 20; size >= 1 << 8; size >>= 1) {
      const bytes = new Uint8Array(size)
      for (let at = 0; at < size; at += 1 << 16) crypto.getRandomValues(bytes.subarray(at, at + (1 << 16)))
      while (await put(bytes));
    }
    database.close()
  })

/** The network is gone: for the page and for its service worker. */
export async function cut(context: BrowserContext, gone: boolean): Promise<void> {
  await context.setOffline(gone)
}

/** The pages of a PDF, in points; Chromium writes the tree of pages in plain. */
export function sizesOf(pdf: Buffer): { width: number; height: number }[] {
  const boxes = [...pdf.toString('latin1').matchAll(/\/MediaBox\s*\[\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s*\]/g)]
  return boxes.map(([, x = '', y = '', x2 = '', y2 = '']) => ({ width: Number(x2) - Number(x), height: Number(y2) - Number(y) }))
}
