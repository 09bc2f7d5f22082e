import { spawn } from 'node:child_process'
import { createServer, type RequestListener } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { ask, NOT_ASKED, read } from './audit.ts'
import { makeFolder } from './server/floor.ts'

const hole = (severity: string) => ({ name: 'hono', severity, via: [{ title: 'Opens every door', url: 'https://example.com/1', severity }], range: '<9', nodes: ['node_modules/hono'], fixAvailable: true })
const report = (...severities: string[]) => JSON.stringify({ auditReportVersion: 2, vulnerabilities: Object.fromEntries(severities.map((severity) => [`a-${severity}-one`, hole(severity)])) })

describe('known holes', () => {
  test('of high and critical severity count, others do not', () => {
    expect(read(report())).toEqual({ holes: [] })
    expect(read(report('info', 'low', 'moderate'))).toEqual({ holes: [] })
    expect(read(report('low', 'high', 'critical'))).toEqual({ holes: ['high', 'critical'].map((severity) => `${severity}: a-${severity}-one <9, Opens every door https://example.com/1`) })
  })

  test('are not known when nobody answered: that is said, and is no hole', () => {
    expect(read('{"message":"405 Method Not Allowed","error":{"summary":""}}')).toEqual({ notAsked: '405 Method Not Allowed' })
    for (const nothing of ['', 'null', '{}', '<html>']) expect(read(nothing)).toEqual({ notAsked: 'npm said nothing that can be read' })
  })
})

describe('the registry', () => {
  const ends: (() => void)[] = []
  afterEach(() => {
    for (const end of ends.splice(0)) end()
  })

  /** What npm needs to ask a registry of ours, and to remember no other one's answer. */
  async function registry(answer: RequestListener): Promise<NodeJS.ProcessEnv> {
    const server = createServer(answer)
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const cache = makeFolder()
    ends.push(() => {
      server.closeAllConnections()
      server.close()
      cache.remove()
    })
    const address = server.address()
    return { ...process.env, npm_config_registry: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`, npm_config_cache: cache.path }
  }
  /** The step as `npm test` runs it. */
  async function step(answer: RequestListener): Promise<{ code: number | null; output: string }> {
    const child = spawn(process.execPath, ['test/audit.ts'], { env: await registry(answer) })
    let output = ''
    const add = (text: Buffer) => {
      output += text.toString()
    }
    child.stdout.on('data', add)
    child.stderr.on('data', add)
    const code = await new Promise<number | null>((done) => child.once('close', done))
    return { code, output }
  }
  const advisory = (severity: string): RequestListener => (request, response) => {
    if (request.method !== 'POST') return response.writeHead(404).end('{}')
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ hono: [{ id: 1, url: 'https://example.com/1', title: 'Opens every door', severity, vulnerable_versions: '*' }] }))
  }

  test('that knows a grave hole fails the step, by name', async () => {
    const { code, output } = await step(advisory('critical'))
    expect([code, output]).toEqual([1, expect.stringMatching(/^critical: hono .*Opens every door https:\/\/example\.com\/1$/m)])
  })

  test('that knows a small one does not', async () => {
    expect(await step(advisory('moderate'))).toEqual({ code: 0, output: '' })
  })

  test('that refuses, or is not there, was not asked', async () => {
    const { code, output } = await step((_, response) => response.writeHead(405).end())
    expect([code, output]).toEqual([NOT_ASKED, expect.stringContaining('NOT ASKED for known holes')])
  })

  test('that never answers is not waited for', async () => {
    expect(ask(1000, await registry(() => undefined))).toEqual({ notAsked: 'no answer within 1 s' })
  })
})
