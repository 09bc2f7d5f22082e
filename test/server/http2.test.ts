import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Enrolled, SignedIn } from '../../shared/people/wire.ts'
import { type Caller, openCaller } from '../support/http2.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { CERTIFICATE } from './localhost.ts'

let server: ServerProcess
let line: Caller
beforeEach(async () => {
  server = await startProcess({ tls: true })
  line = openCaller(server.url, CERTIFICATE)
})
afterEach(async () => {
  line.end()
  await server.end()
})

test('under TLS a browser’s one HTTP/2 connection carries the doors and the stream; a line that is cut harms nobody, and the end waits for no stream', async () => {
  const device = { name: 'desk', publicKey: '' }
  const form = { code: await server.code(), site: '大甲廠', person: '陳主管', pin: '2468', example: false, device }
  const setup = await line.fetch(`${server.url}/api/setup`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(form) })
  expect(setup.status).toBe(201)
  const { token, grant } = (await setup.json()) as Enrolled & SignedIn
  const headers = { Authorization: `Bearer ${token}`, Grant: grant }
  const listen = async (): Promise<[number, string]> => {
    const stream = await line.fetch(`${server.url}/api/stream`, { headers })
    const heard = await stream.body?.getReader().read()
    return [stream.status, new TextDecoder().decode(heard?.value)]
  }
  expect(await listen()).toEqual([200, expect.stringContaining('event: poke')])
  const people = await line.fetch(`${server.url}/api/people`, { headers })
  expect(await people.json()).toMatchObject([{ name: '陳主管' }])

  line.end()
  expect(await listen()).toEqual([200, expect.stringContaining('event: poke')])
  const began = performance.now()
  await server.end()
  expect(performance.now() - began).toBeLessThan(5000)
})
