/** The camera as a scanner: a whole pick by what it sees, and nothing tapped between. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Order } from '../../shared/order/order.ts'
import { ROLES } from '../../shared/people/role.ts'
import { type Stop, takeOf } from '../../shared/work/walk.ts'
import { FAKE_CAMERA, faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { filmOf, type Shot } from '../support/film.ts'
import { freshOrders, openMill, standWithAll } from '../support/mill.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { orderOn, press, sees } from './floor.ts'

let server: ServerProcess
let browser: Browser
let page: Page
let faults: string[]
let folder: string
let order: Order
let lots: string[]

/** Place, goods, place, goods: what a picker holds the camera to. Null: it takes more than one lot of a line, or there is none. */
function scansOf(walk: readonly Stop[]): { place: string; lot: string }[] | null {
  const scans = walk.map((stop) => {
    const { lot, location, quantity } = takeOf(stop)
    return { place: location, lot, whole: quantity === stop.open && lot !== '' && location !== '' }
  })
  return scans.every(({ whole }) => whole) ? scans : null
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camera-'))
  server = await startProcess({ example: true })
  const mill = await openMill(server)
  const grant = await mill.grantOfNew('萬能先生', ROLES)
  const bodies = await mill.bodies(grant)
  const [first] = freshOrders(bodies)
    .flatMap(({ order, walk }) => {
      const scans = scansOf(walk)
      return scans && scans.length >= 2 && new Set(scans.map(({ lot }) => lot)).size === scans.length ? [{ order, scans }] : []
    })
    .sort((a, b) => a.scans.length - b.scans.length)
  if (!first) throw new Error('the example has no fresh order of two lines or more, each from one lot')
  order = first.order
  lots = first.scans.map(({ lot }) => lot)

  const seen = 1.2
  const shots = first.scans.flatMap(({ place, lot }, i): Shot[] => [
    { bcid: 'code128', text: place, seconds: seen },
    { bcid: null, seconds: 0.4 },
    // Every second label is square; the last is GS1's.
    i === first.scans.length - 1 ? { bcid: 'gs1-128', text: `(10)${lot}`, seconds: seen } : { bcid: i % 2 === 0 ? 'qrcode' : 'datamatrix', text: lot, seconds: seen },
    { bcid: null, seconds: 0.4 },
  ])
  const film = join(folder, 'pick.y4m')
  writeFileSync(film, filmOf([{ bcid: null, seconds: 1 }, ...shots]))
  browser = await openBrowser(...FAKE_CAMERA, `--use-file-for-fake-video-capture=${film}`)
  page = await (await openContext(browser, { size: 'small', installs: false })).newPage()
  faults = faultsOf(page)
  await standWithAll(page, server.url, mill.enrolled, grant, bodies)
  await page.goto(`${server.url}/pick/${order.id}`)
  await page.locator('button.main').last().waitFor()
})
afterAll(async () => {
  await browser?.close()
  await server?.end()
  rmSync(folder, { recursive: true, force: true })
})

test('a whole pick: place, goods, place, goods, with nothing tapped between', async () => {
  await press(page, 'scan.camera.open')
  await sees(page, 'pick.right.place')
  await expect.poll(async () => (await orderOn(page, order.id)).picks.map(({ lot }) => lot), { timeout: 120_000 }).toEqual(lots)
  await sees(page, 'pick.all.title')
})

test('what lies in the pile already is not picked again, however often the camera sees it', async () => {
  const { picks, lines } = await orderOn(page, order.id)
  expect(picks.map(({ lot }) => lot)).toEqual(lots)
  for (const line of lines) expect(picks.filter((pick) => pick.line === line.no).reduce((sum, { quantity }) => sum + quantity, 0)).toBe(line.quantity)
})

test('put away, the camera is let go of', async () => {
  const live = () => page.evaluate(() => [...document.querySelectorAll('video')].filter((video) => video.srcObject !== null).length)
  expect(await live()).toBe(1)
  await press(page, 'scan.camera.close')
  await expect.poll(live).toBe(0)
})

test('nothing went wrong unseen', () => expect(faults).toEqual([]))
