/** What is no HTTP, or hardly any, on a real socket: it is answered or cut, nothing is reported, and the server goes on. */
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { createAdaptorServer, type ServerType } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEADLINE_MS } from './doors/answers.ts'
import { type Floor, openFloor } from './floor.ts'

describe('a socket', () => {
  let floor: Floor
  let server: ServerType
  let auth: string
  beforeAll(async () => {
    floor = await openFloor()
    await floor.foundSite('north')
    auth = `Host: yard\r\nAuthorization: Bearer ${(await floor.device('north', 'desk')).token}\r\n`
    server = createAdaptorServer({ fetch: floor.app.fetch })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(async () => {
    await new Promise((done) => server.close(done))
    await floor.end()
  })

  /** All that comes back until it is cut, by either. */
  async function say(text: string | Uint8Array, end: 'wait for the answer' | 'hang up'): Promise<string> {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.setTimeout(DEADLINE_MS, () => socket.destroy(new Error('no answer')))
    let came = ''
    socket.on('data', (bytes: Buffer) => {
      came += bytes.toString('latin1')
      if (end === 'wait for the answer' && came.includes('\r\n\r\n')) socket.end()
    })
    const closed = once(socket, 'close')
    // The other end may cut it as well.
    const failed = new Promise<void>((done) => socket.once('error', ({ message }) => done(message === 'no answer' ? Promise.reject(new Error(message)) : undefined)))
    const heard = once(server, Buffer.from(text).includes('\r\n\r\n') ? 'request' : 'connection')
    socket.write(text)
    if (end === 'hang up') await heard.then(() => socket.destroy())
    await Promise.race([closed, failed])
    return came
  }
  const alive = async () => (await say('GET /healthz HTTP/1.1\r\nHost: yard\r\n\r\n', 'wait for the answer')).slice(0, 15)

  test.each([
    ['no HTTP', 'GARBAGE\r\n\r\n', 400],
    ['random bytes', Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 197 + 13) % 256)), 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['a host that is none', 'GET / HTTP/1.1\r\nHost: a b/..\r\n\r\n', 400],
    ['a host with a port beyond all ports', 'GET /api/instance HTTP/1.1\r\nHost: yard:99999\r\n\r\n', 400],
    ['half an address of IPv6', 'GET /api/instance HTTP/1.1\r\nHost: [::1\r\n\r\n', 400],
    ['an address that is all percent signs', 'GET //%%% HTTP/1.1\r\nHost: yard\r\n\r\n', 404],
    ['another server’s address', 'GET http://elsewhere/x.js HTTP/1.1\r\nHost: yard\r\n\r\n', 404],
    ['no address', 'OPTIONS * HTTP/1.1\r\nHost: yard\r\n\r\n', 400],
    ['a method that shows what came', 'TRACE / HTTP/1.1\r\nHost: yard\r\nGrant: a.b\r\n\r\n', 404],
    ['two lengths', 'POST /api/sync HTTP/1.1\r\nHost: yard\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc', 400],
    ['a length and pieces, which a proxy may read in another way', 'POST /api/sync HTTP/1.1\r\nHost: yard\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n', 400],
    ['a header too long', `GET / HTTP/1.1\r\nHost: yard\r\nGrant: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['an address too long', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: yard\r\n\r\n`, 431],
    ['a wish that nobody knows', 'POST /api/sync HTTP/1.1\r\nHost: yard\r\nExpect: the best\r\nContent-Length: 2\r\n\r\n{}', 417],
  ])('that says %s is told so', async (_, text, status) => {
    expect((await say(text, 'wait for the answer')).slice(0, 12)).toBe(`HTTP/1.1 ${status}`)
    expect(floor.faults).toEqual([])
    expect(await alive()).toBe('HTTP/1.1 200 OK')
  })

  test.each([
    ['a body of which it says the length', 'POST /api/sync HTTP/1.1\r\n@Content-Length: 1000\r\n\r\n{"a'],
    ['a body in pieces', 'POST /api/sync HTTP/1.1\r\n@Transfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n'],
    ['a picture', `PUT /api/blobs/${'0'.repeat(64)} HTTP/1.1\r\n@Content-Length: 1000\r\n\r\nabc`],
    ['its headers', 'POST /api/sync HTTP/1.1\r\n@Grant: a'],
  ])('that drops within %s leaves no fault behind', async (_, text) => {
    expect(await say(text.replace('@', auth), 'hang up')).toBe('')
    for (let i = 0; i < 3; i++) expect(await alive()).toBe('HTTP/1.1 200 OK')
    expect(floor.faults).toEqual([])
  })
})
