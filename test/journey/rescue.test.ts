/** Work that can't leave by the network leaves by a file, and by the camera of another device. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '../../shared/people/role.ts'
import type { Enrolled, NewCode, PersonRecord, SignedIn } from '../../shared/people/wire.ts'
import { form } from '../server/floor.ts'
import { FAKE_CAMERA, faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { docsThere, standAt, tablesMade } from '../support/mill.ts'
import { openPhone, type Phone } from '../support/open-phone.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { installed, orderOn, press, says, sees, signIn } from './floor.ts'

const ROLES: Role[] = ['service', 'service-supervisor', 'warehouse', 'supervisor']
/** How large a code stands before the camera, and for how many of its pictures. */
const GLASS = 640
const STILL = 4

let folder: string
let server: ServerProcess
let browser: Browser
let phone: Phone
let boss: Enrolled & SignedIn
let person: PersonRecord
let page: Page
let context: BrowserContext
let saved: string
const faults: string[][] = []

async function post<T>(path: string, body: unknown, { token, grant }: Partial<Enrolled & SignedIn> = {}): Promise<T> {
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers: { ...(token && { Authorization: `Bearer ${token}` }), ...(grant && { Grant: grant }) }, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}
const code = async () => (await post<NewCode>('/api/codes', {}, boss)).code

/** Another device of the site, at its rescue screen. */
async function other(from: Browser): Promise<Page> {
  const device = await post<Enrolled>('/api/enrol', { code: await code(), device: { name: '另一台', publicKey: '' } })
  const { grant } = await post<SignedIn>('/api/sign-in', { person: person.id, pin: '1234' }, device)
  const page = await (await openContext(from, { size: 'small', installs: false })).newPage()
  faults.push(faultsOf(page))
  await page.goto(`${server.url}/settings`)
  await tablesMade(page)
  await standAt(page, device, grant)
  await page.goto(`${server.url}/rescue`)
  return page
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rescue-'))
  ;[server, browser] = await Promise.all([startProcess(), openBrowser()])
  boss = await post<Enrolled & SignedIn>('/api/setup', { code: await server.code(), site: '北廠', person: '林主管', pin: '4711', example: false, device: { name: '辦公室', publicKey: '' } })
  person = await post<PersonRecord>('/api/people', { name: '陳俊宏', roles: ROLES, pin: '1234', active: true }, boss)
  phone = await openPhone({ url: server.url, code: await code(), person: person.id, pin: '1234' })
  const lines = [{ no: 1, sku: 'BK-1', name: '牛皮紙', spec: '1092 mm', unit: 'roll' as const, quantity: 9, price: 1, grams: 0 }]
  await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1', { lines }) }, { type: 'SignGate', doc: 'o1', payload: { gate: 'confirmation', note: '' }, signed: true })
  await phone.sync()
  context = await openContext(browser, { size: 'small' })
  page = await context.newPage()
  faults.push(faultsOf(page))
  // By the way in that makes a key.
  await page.goto(`${server.url}/enrol#${await code()}`)
  await press(page, 'signIn.enrol.go')
  await page.waitForURL('**/sign-in')
  await signIn(page, { name: '陳俊宏', pin: '1234' })
  await docsThere(page, 1)
  await installed(page)
})
afterAll(async () => {
  await phone?.close()
  await browser?.close()
  await server?.end()
  rmSync(folder, { recursive: true, force: true })
})
const picks = async () => {
  await phone.sync()
  const body = (await phone.db.docs.get('o1'))?.doc.body
  return body?.kind === 'order' ? body.picks.length : null
}

describe('what was picked with no network', () => {
  test('is saved as a file', async () => {
    await context.setOffline(true)
    await page.goto(`${server.url}/pick/o1`)
    await press(page, 'pick.claim.title')
    for (let done = 1; done <= 3; done++) {
      await page.locator('button.main').filter({ visible: true }).last().click()
      await expect.poll(async () => (await orderOn(page, 'o1')).picks.length).toBe(done)
    }
    await page.goto(`${server.url}/rescue`)
    const download = page.waitForEvent('download')
    await press(page, 'rescue.save')
    saved = join(folder, (await download).suggestedFilename())
    await (await download).saveAs(saved)
    expect(saved).toMatch(/countersign-D\d\d-\d{8}-\d{4}\.rescue$/)
    await sees(page, 'rescue.saved')
  })

  test('is handed in by another device from the file', async () => {
    const carrier = await other(browser)
    await carrier.locator('input[type=file]').setInputFiles(saved)
    await sees(carrier, 'rescue.carried.handed')
    await sees(carrier, 'rescue.report.accepted')
    expect(await picks()).toBe(3)
  })

  test('and filmed by a third, which hears that it is known', async () => {
    await press(page, 'rescue.show.open')
    const film = join(folder, 'film.y4m')
    writeFileSync(film, filmOf(await shownCodes()))
    const camera = await openBrowser(...FAKE_CAMERA, `--use-file-for-fake-video-capture=${film}`)
    try {
      const carrier = await other(camera)
      await press(carrier, 'rescue.film.open')
      await sees(carrier, 'rescue.carried.handed')
      await sees(carrier, 'rescue.report.known')
      expect(await picks()).toBe(3)
    } finally {
      await camera.close()
    }
  })

  test('is found recorded by the device that made it, once it has a network again', async () => {
    await context.setOffline(false)
    await page.goto(`${server.url}/sync`)
    await press(page, 'sync.now')
    await page.getByText(says('sync.all')).waitFor()
    expect(await picks()).toBe(3)
  })

  test('none of it leaves an error on a page', () => {
    expect(faults.flat()).toEqual([])
  })
})

/** Each code that the screen shows, as the grey of its pixels. */
async function shownCodes(): Promise<Uint8Array[]> {
  const codes = new Map<string, Uint8Array>()
  const of = Number(/／(\d+)/.exec(await page.getByText(/^\d+／\d+$/).innerText())?.[1])
  while (codes.size < of) {
    const { bars, grey } = await page.evaluate(async (side) => {
      const svg = document.querySelector('svg.qr')
      if (!svg) throw new Error('no code on the screen')
      const picture = new Image()
      const copy = svg.cloneNode(true) as SVGElement
      copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
      copy.setAttribute('width', String(side))
      copy.setAttribute('height', String(side))
      picture.src = `data:image/svg+xml,${encodeURIComponent(copy.outerHTML)}`
      await picture.decode()
      const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side })
      const glass = canvas.getContext('2d')
      if (!glass) throw new Error('no 2d canvas')
      glass.fillStyle = '#fff'
      glass.fillRect(0, 0, side, side)
      glass.drawImage(picture, 0, 0)
      return { bars: copy.innerHTML, grey: Array.from(glass.getImageData(0, 0, side, side).data.filter((_, i) => i % 4 === 0)) }
    }, GLASS)
    codes.set(bars, Uint8Array.from(grey))
  }
  return [...codes.values()]
}

/** YUV4MPEG2, without colour. */
function filmOf(codes: readonly Uint8Array[]): Buffer {
  const grey = new Uint8Array((GLASS * GLASS) / 2).fill(128)
  const still = codes.flatMap((code) => Array.from({ length: STILL }, () => Buffer.concat([Buffer.from('FRAME\n'), code, grey])))
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${GLASS} H${GLASS} F10:1 Ip A1:1 C420jpeg\n`), ...still])
}
