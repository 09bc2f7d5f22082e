import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Floor, openFloor, Phone } from '../floor.ts'

describe('the guard at every door', () => {
  let floor: Floor
  let desk: Phone
  beforeEach(async () => {
    floor = await openFloor()
    await floor.foundSite('north')
    desk = new Phone(floor, await floor.device('north', 'desk'))
    await desk.signIn(await floor.employ('north', 'boss', '1234', 'supervisor'))
  })
  afterEach(() => floor.end())

  test('pages, answers and problems carry the headers that keep foreign script and frames out', async () => {
    for (const path of ['/', '/healthz', '/api/instance', '/api/nothing', '/api/people']) {
      const { headers } = await floor.call('GET', path)
      const policy = headers.get('Content-Security-Policy') ?? ''
      for (const rule of ["default-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "img-src 'self' blob: data:", "connect-src 'self'", "worker-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"])
        expect(policy.split('; ')).toContain(rule)
      expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')/)
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(headers.get('Referrer-Policy')).toBe('no-referrer')
      expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin')
      expect(headers.get('Permissions-Policy')).toMatch(/camera=\(?self\)?.*geolocation=\(?self\)?/)
      expect(headers.get('Access-Control-Allow-Origin')).toBeNull()
      expect(headers.get('Strict-Transport-Security')).toBeNull()
    }
  })

  test('under TLS the browser is told to stay there', async () => {
    const response = await floor.app.request('https://yard.example/api/instance')
    expect(response.headers.get('Strict-Transport-Security')).toBe('max-age=31536000')
  })

  const CHANGES = [['POST', '/api/codes'], ['POST', '/api/setup'], ['POST', '/api/enrol'], ['POST', '/api/sign-in'], ['POST', '/api/sync'], ['PATCH', '/api/site'], ['PUT', `/api/blobs/${'0'.repeat(64)}`]] as const

  test.each([
    ['a page elsewhere', { Origin: 'https://evil.example', Host: 'yard.example' }],
    ['a page of the same machine at another port', { Origin: 'http://yard.example:9000', Host: 'yard.example:8787' }],
    ['a sandboxed frame', { Origin: 'null', Host: 'yard.example' }],
    ['a page that the browser calls foreign', { 'Sec-Fetch-Site': 'cross-site', Host: 'yard.example' }],
    ['a neighbour of the same domain', { 'Sec-Fetch-Site': 'same-site', Origin: 'https://other.example', Host: 'yard.example' }],
  ])('%s can change nothing here, even with a token', async (_, headers) => {
    for (const [method, path] of CHANGES) {
      const response = await desk.call(method, path, { headers: { ...headers, Language: 'en' }, body: {} })
      expect([path, response.status, await response.json()]).toMatchObject([path, 403, { type: 'foreign-origin', title: 'From another page' }])
    }
    expect(await floor.log.read((tx) => tx.devices('north'))).toHaveLength(1)
  })

  test.each([
    ['our own page', { Origin: 'http://yard.example:8787', Host: 'yard.example:8787' }],
    ['our own page behind a proxy that renames the host', { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://yard.example', Host: '127.0.0.1:8787' }],
    ['a script without a browser', {}],
  ])('%s may', async (_, headers) => {
    expect((await desk.call('POST', '/api/codes', { headers })).status).toBe(201)
  })

  test('a foreign page that asks first gets no leave', async () => {
    const response = await floor.call('OPTIONS', '/api/codes', { headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' } })
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull()
    expect(response.headers.get('Access-Control-Allow-Methods')).toBeNull()
  })
})
