/** Installed once, there for good: offline from the second visit, any deep link, and an update that asks first. */
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsOf, openBrowser, openContext } from '../support/browser.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { installed, press, sees, setUp } from './floor.ts'

describe('the installed app', () => {
  let server: ServerProcess
  let browser: Browser
  let proxy: Awaited<ReturnType<typeof startProxy>>

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

  test('opens offline from the second visit, at any deep link, and asks before it takes an update, in every tab', async () => {
    const context = await openContext(browser)
    const page = await context.newPage()
    const faults = faultsOf(page)
    await setUp(page, proxy.url, await server.code())
    const manifest = (await (await page.request.get(`${proxy.url}/manifest.webmanifest`)).json()) as { display: string; icons: { src: string; sizes: string }[] }
    expect(manifest.display).toBe('standalone')
    for (const { src } of manifest.icons) expect((await page.request.get(`${proxy.url}${src}`)).status(), src).toBe(200)
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
    proxy.renew()
    await page.goto(`${proxy.url}/settings`)
    await page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.update()))
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

/** Stands before the server and, once renewed, hands out another version of the service worker. */
async function startProxy(target: string) {
  let version = 0
  const to = new URL(target)
  const proxy: Server = createServer((asked, answer) => {
    const headers = { ...asked.headers, host: to.host }
    const worker = asked.url === '/service-worker.js' && version > 0
    if (worker) {
      delete headers['if-none-match']
      delete headers['accept-encoding']
    }
    const passed = request({ host: to.hostname, port: to.port, path: asked.url, method: asked.method, headers }, (reply) => {
      if (!worker) {
        answer.writeHead(reply.statusCode ?? 502, reply.headers)
        reply.pipe(answer)
        return
      }
      const { 'content-length': _length, etag: _etag, ...rest } = reply.headers
      answer.writeHead(reply.statusCode ?? 502, rest)
      reply.on('data', (chunk: Buffer) => answer.write(chunk))
      reply.on('end', () => answer.end(`\n// version ${version}\n`))
    })
    passed.on('error', () => answer.destroy())
    asked.pipe(passed)
  })
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening))
  const { port } = proxy.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    renew() {
      version += 1
    },
    async close() {
      proxy.closeAllConnections()
      await new Promise<void>((closed) => proxy.close(() => closed()))
    },
  }
}
