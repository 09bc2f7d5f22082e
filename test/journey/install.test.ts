/** Installed once, there for good: offline from the second visit, any deep link, and an update that asks first. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { type ProxyServer, startProxy } from '../support/proxy.ts'
import { installed, press, sees, setUp } from './floor.ts'

describe('the installed app', () => {
  let server: ServerProcess
  let browser: Browser
  let proxy: ProxyServer

  beforeAll(async () => {
    server = await startProcess()
    browser = await openBrowser()
    proxy = await startProxy(server.url)
  })
  afterAll(async () => {
    await browser?.close()
    await proxy?.close()
    await server?.end()
  })

  /** another version lies at the server, and the browser has looked */
  async function renewed(page: Page): Promise<void> {
    proxy.renew()
    await page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.update()))
  }

  test('opens offline from the second visit, at any deep link, and asks before it takes an update, in every tab', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    const faults = faultsOf(page)
    await setUp(page, proxy.url, await server.code())
    const manifest = (await (await page.request.get(`${proxy.url}/manifest.webmanifest`)).json()) as { display: string; icons: { src: string; sizes: string }[] }
    expect(manifest.display).toBe('standalone')
    for (const { src } of manifest.icons) expect((await page.request.get(`${proxy.url}${src}`)).status(), src).toBe(200)

    // The page that installed it has had no other worker before: it takes an update like every other.
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 60_000 })
    await renewed(page)
    await sees(page, 'shell.update.title')
    const anew = page.waitForEvent('load')
    await press(page, 'shell.update.now')
    await anew
    await installed(page)

    // The line is cut and the server gone: a screen never opened before is there.
    await context.setOffline(true)
    for (const [path, key] of [
      ['/settings', 'settings.title'],
      ['/work/pick', 'work.none'],
      ['/orders/new', 'orders.form.save'],
      ['/orders/no-such-order', 'orders.gone'],
      ['/nowhere/at/all', 'shell.notFound.title'],
    ] as const) {
      await page.goto(`${proxy.url}${path}`)
      await sees(page, key)
    }
    await context.setOffline(false)

    const tab = await context.newPage()
    await tab.goto(`${proxy.url}/settings`)
    await sees(tab, 'settings.title')
    await page.goto(`${proxy.url}/settings`)
    await renewed(page)
    await sees(page, 'shell.update.title')
    await sees(tab, 'shell.update.title')
    const reloaded = Promise.all([page.waitForEvent('load'), tab.waitForEvent('load')])
    await press(page, 'shell.update.now')
    await reloaded
    await sees(page, 'settings.title')
    await page.getByText('有新版本').waitFor({ state: 'detached' })
    expect(faults).toEqual([])
    await context.close()
  })
})
