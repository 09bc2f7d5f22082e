import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readClient } from '../../../server/routes/static.ts'
import { type Call, type Floor, makeFolder, openFloor } from '../floor.ts'

const SCRIPT = `console.info(${JSON.stringify('回單'.repeat(500))})`
const folder = makeFolder()
const built = join(folder.path, 'built')
let floor: Floor

beforeAll(async () => {
  mkdirSync(join(built, 'assets'), { recursive: true })
  writeFileSync(join(built, 'index.html'), '<!doctype html><title>回單通</title>')
  writeFileSync(join(built, 'service-worker.js'), 'self.addEventListener("fetch", () => {})')
  writeFileSync(join(built, 'manifest.webmanifest'), '{}')
  writeFileSync(join(built, 'icon.png'), new Uint8Array(2000))
  writeFileSync(join(built, 'assets', 'main-Ab3_-9xZ.js'), SCRIPT)
  writeFileSync(join(built, '.built-from'), 'secret')
  const client = await readClient(built)
  if (!client) throw new Error('nothing built')
  floor = await openFloor(folder, client)
})
afterAll(() => floor.end())
const get = (path: string, headers: Call['headers'] = {}) => floor.call('GET', path, { headers })
const page = async (path: string) => (await get(path)).text()

describe('the app’s files', () => {
  test('any deep link of the app is its page', async () => {
    for (const path of ['/', '/index.html', '/orders/018f-22', '/orders/N-1.5', '/enrol', '/訂單/甲']) expect([path, await page(path)]).toEqual([path, '<!doctype html><title>回單通</title>'])
  })

  test('nothing can be done to a page: what is asked of it by another method is a problem, too', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      const response = await floor.call(method, '/orders/o1')
      expect([method, response.status, response.headers.get('Content-Type'), await response.json()]).toMatchObject([method, 404, 'application/problem+json', { type: 'not-found' }])
    }
  })

  test('a file that is missing is missing, and no path leaves the folder', async () => {
    const paths = ['/assets/gone-12345678.js', '/assets/', '/favicon.ico', '/robots.txt', '/.built-from', '/assets/../../log.sqlite', '/..%2f..%2flog.sqlite', '/%2e%2e/log.sqlite', '/assets/%5c..%5c..%5clog.sqlite', '//etc/passwd.txt', '/api/nothing']
    for (const path of paths) {
      const response = await get(path)
      expect([path, response.status, response.headers.get('Content-Type')]).toEqual([path, 404, 'application/problem+json'])
    }
  })

  test('files with a hash in their name are kept for ever, the others are asked for each time', async () => {
    const policy = async (path: string) => (await get(path)).headers.get('Cache-Control')
    expect(await policy('/assets/main-Ab3_-9xZ.js')).toBe('public, max-age=31536000, immutable')
    for (const path of ['/', '/orders/1', '/service-worker.js', '/manifest.webmanifest', '/icon.png']) expect([path, await policy(path)]).toEqual([path, 'no-cache'])
  })

  test('what the browser has already is not sent again', async () => {
    for (const path of ['/', '/orders/1', '/service-worker.js', '/assets/main-Ab3_-9xZ.js']) {
      const etag = (await get(path)).headers.get('ETag') ?? ''
      const again = await get(path, { 'If-None-Match': `"other", W/${etag}` })
      expect([path, again.status, await again.text(), again.headers.get('ETag')]).toEqual([path, 304, '', etag])
      expect((await get(path, { 'If-None-Match': '"other"' })).status).toBe(200)
    }
  })

  test('text travels packed as the browser wishes, each packing under its own tag; pictures as they are', async () => {
    const path = '/assets/main-Ab3_-9xZ.js'
    const bytes = async (accept: string) => {
      const response = await get(path, { 'Accept-Encoding': accept })
      return { encoding: response.headers.get('Content-Encoding'), etag: response.headers.get('ETag'), vary: response.headers.get('Vary'), body: Buffer.from(await response.arrayBuffer()) }
    }
    const [br, gz, plain, refused] = [await bytes('gzip, deflate, br'), await bytes('gzip'), await bytes(''), await bytes('br;q=0, gzip;q=0')]
    expect([br.encoding, gz.encoding, plain.encoding, refused.encoding]).toEqual(['br', 'gzip', null, null])
    expect([brotliDecompressSync(br.body), gunzipSync(gz.body), plain.body].map(String)).toEqual([SCRIPT, SCRIPT, SCRIPT])
    expect(new Set([br.etag, gz.etag, plain.etag]).size).toBe(3)
    expect(br.vary).toBe('Accept-Encoding')
    expect((await get('/icon.png', { 'Accept-Encoding': 'gzip, br' })).headers.get('Content-Encoding')).toBeNull()
  })

  test('HEAD tells the same without the bytes', async () => {
    const response = await floor.call('HEAD', '/assets/main-Ab3_-9xZ.js')
    expect([response.status, response.headers.get('Content-Length'), await response.text()]).toEqual([200, String(Buffer.byteLength(SCRIPT)), ''])
  })

  test('nothing else may be done to a file', async () => {
    expect((await floor.call('POST', '/index.html', { body: {} })).status).toBe(404)
  })

  test('a new build underneath does not mix with the running one', async () => {
    rmSync(join(built, 'assets'), { recursive: true })
    expect(await page('/assets/main-Ab3_-9xZ.js')).toBe(SCRIPT)
  })

  test('a folder without a page is no build', async () => {
    const empty = makeFolder()
    expect([await readClient(empty.path), await readClient(join(empty.path, 'missing'))]).toEqual([null, null])
    empty.remove()
  })
})
