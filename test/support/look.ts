/**
 * Looks at screens: starts a server with the example mill, enrols a browser, signs in and makes screenshots.
 *
 *   node_modules/.bin/node test/support/look.ts OUT ROLE PATH [PATH …] [-- size=phone,desk lang=zh-TW,en theme=light,dark glove]
 *
 * OUT is a folder; ROLE one of the roles; {order:pick} in a PATH is the first order of that step, {trip} the first trip.
 * Pictures are OUT/<path>-<size>-<lang>-<theme>.png. The app must be built (npx vite build).
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Enrolled, SignedIn } from '../../shared/people/wire.ts'
import type { SnapshotPage } from '../../shared/sync/wire.ts'
import { listsOf } from '../../shared/work/lists.ts'
import { openBrowser, openContext, SIZES, type Size, type View } from './browser.ts'
import { startProcess } from './process.ts'

const [out = '', role = '', ...rest] = process.argv.slice(2)
const cut = rest.indexOf('--')
const paths = cut < 0 ? rest : rest.slice(0, cut)
const options = new Map((cut < 0 ? [] : rest.slice(cut + 1)).map((each) => each.split('=')).map(([key = '', value = '']) => [key, value.split(',')]))
const sizes = (options.get('size') ?? ['phone']).filter((each): each is Size => Object.hasOwn(SIZES, each))
const languages = options.get('lang') ?? ['zh-TW']
const themes = (options.get('theme') ?? ['light']) as NonNullable<View['theme']>[]
mkdirSync(out, { recursive: true })

const server = await startProcess({ example: true })
const browser = await openBrowser()
try {
  const post = async <T>(path: string, body: unknown, token = ''): Promise<T> => {
    const response = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token === '' ? {} : { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  const enrolled = await post<Enrolled>('/api/enrol', { code: await server.code(), device: { name: 'look', publicKey: '' } })
  const person = enrolled.people.find((each) => each.roles.some((has) => has === role))
  const pin = /^\s*(\d{4,8}) {2}(.+?) {2}/gm
  const pins = new Map([...server.output().matchAll(pin)].map(([, digits = '', name = '']) => [name, digits]))
  if (!person) throw new Error(`nobody has the role ${role}; there are ${enrolled.people.map((each) => `${each.name} (${each.roles.join(', ')})`).join(', ')}`)
  const { grant } = await post<SignedIn>('/api/sign-in', { person: person.id, pin: pins.get(person.name) }, enrolled.token)
  const resolved = await Promise.all(paths.map((path) => filled(path, enrolled, grant)))

  for (const size of sizes)
    for (const language of languages)
      for (const theme of themes) {
        const context = await openContext(browser, { size, language, theme, glove: options.has('glove') })
        const page = await context.newPage()
        page.on('pageerror', (error) => console.error('page error:', error.message))
        page.on('console', (message) => message.type() === 'error' && console.error('console:', message.text()))
        await page.goto(`${server.url}/settings`)
        // Opening it before the app has made its tables would make an empty one.
        await page.locator('h1').first().waitFor()
        await page.waitForFunction(async () => (await indexedDB.databases()).some((each) => each.name === 'countersign' && (each.version ?? 0) >= 10))
        await signIn(page, enrolled, grant)
        await page.goto(`${server.url}/sync`)
        // The first load: until the site's docs are there.
        await page.waitForFunction(() => new Promise((done) => {
          const open = indexedDB.open('countersign')
          open.onsuccess = () => {
            const count = open.result.transaction('docs').objectStore('docs').count()
            count.onsuccess = () => {
              done(count.result > 5)
              open.result.close()
            }
          }
        }), undefined, { timeout: 30_000, polling: 200 })
        for (const [i, path] of resolved.entries()) {
          await page.goto(`${server.url}${path}`, { waitUntil: 'load' })
          await page.waitForTimeout(2500)
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          const name = `${(paths[i] ?? '').replaceAll(/[^\w-]+/g, '_')}-${size}-${language}-${theme}${options.has('glove') ? '-glove' : ''}.png`
          await page.screenshot({ path: join(out, name) })
          console.info(`${name}${wide > 0 ? `  scrolls sideways by ${wide} px` : ''}`)
        }
        await context.close()
      }
} finally {
  await browser.close()
  await server.end()
}

/** Straight into the device's tables: for looking, the way in by code and PIN is not what matters. */
async function signIn(page: Page, { device, token, site }: Enrolled, grant: string): Promise<void> {
  const body = JSON.parse(Buffer.from(grant.split('.')[0] ?? '', 'base64url').toString('utf8')) as { id: string }
  const rows = [
    { key: 'identity', value: { device: device.id, number: device.number, name: device.name, token, site: site.id, siteName: site.name, zone: site.zone, currency: site.currency } },
    { key: 'grants', value: { [body.id]: grant } },
    { key: 'current', value: body.id },
  ]
  await page.evaluate(
    (meta) =>
      new Promise<void>((done, failed) => {
        const open = indexedDB.open('countersign')
        open.onerror = () => failed(open.error)
        open.onsuccess = () => {
          const work = open.result.transaction('meta', 'readwrite')
          for (const row of meta) work.objectStore('meta').put(row)
          work.oncomplete = () => {
            open.result.close()
            done()
          }
          work.onerror = () => failed(work.error)
        }
      }),
    rows,
  )
}

async function filled(path: string, { token, site }: Enrolled, grant: string): Promise<string> {
  if (!path.includes('{')) return path
  const docs: SnapshotPage['docs'] = []
  for (let next: string | null = ''; next !== null; ) {
    const response: Response = await fetch(`${server.url}/api/snapshot/site:${site.id}?after=${encodeURIComponent(next)}`, { headers: { Authorization: `Bearer ${token}`, Grant: grant } })
    const page = (await response.json()) as SnapshotPage
    docs.push(...page.docs)
    next = page.next
  }
  return path.replaceAll(/\{(\w+)(?::([\w-]+))?\}/g, (_, kind: string, step = '') => {
    const list = kind === 'trip' ? 'trips' : step === 'closed' || step === 'exceptions' || step.startsWith('wait') || step === 'owed' ? step : `${step}.promised`
    const found = docs.flatMap(({ body }) => listsOf(body).filter((entry) => entry.startsWith(`${list}|`)).map((entry) => ({ entry, id: body.id })))
    found.sort((a, b) => (a.entry < b.entry ? -1 : 1))
    const [first] = found
    if (!first) throw new Error(`no ${kind} in ${list}`)
    return first.id
  })
}
