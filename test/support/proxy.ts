/** What may stand between a device and its server, and what it does to what goes through it. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export type Ways = {
  /** answers everything itself, with 200 and a page to sign in at */
  portal?: boolean
  /** cuts off what is asked of the server's doors, so that only the app itself comes through; or everything */
  cuts?: 'doors' | 'everything'
  /** sends everything that isn't a GET twice, at once; one of the answers goes back */
  twice?: boolean
  /** lets no header pass, either way, that a careless box takes for its own */
  strips?: boolean
  /** keeps what a GET brought and gives it to everyone for ever, whatever was said of keeping it */
  keeps?: boolean
  /** ms by which each request and each answer is late */
  late?: number
}
export type ProxyServer = {
  url: string
  /** from now on, and nothing of what it did before */
  become(ways: Ways): void
  /** hands out another version of the service worker */
  renew(): void
  /** how many requests it answered itself, sent twice or changed */
  meddled(): number
  close(): Promise<void>
}

type Answer = { status: number; headers: IncomingMessage['headers']; body: Buffer }

const STRIPPED = ['content-encoding', 'etag', 'cache-control', 'vary', 'accept-encoding', 'if-none-match']
/** what would spare an answer, or pack it */
const UNCHANGED = ['if-none-match', 'accept-encoding']
const PORTAL = '<!doctype html><title>Wi-Fi</title><h1>Welcome</h1><form action="/accept"><button>OK</button></form>'

export async function startProxy(target: string): Promise<ProxyServer> {
  const to = new URL(target)
  let ways: Ways = {}
  let version = 0
  let meddled = 0
  const kept = new Map<string, Answer>()

  async function handle(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { url = '/', method = 'GET' } = asked
    const chunks: Buffer[] = []
    for await (const chunk of asked) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const { portal, cuts, twice, strips, keeps, late = 0 } = ways
    if (late > 0) await pause(late)
    if (portal) {
      meddled += 1
      answer.writeHead(200, { 'content-type': 'text/html' }).end(PORTAL)
      return
    }
    if (cuts === 'everything' || (cuts === 'doors' && url.startsWith('/api/'))) throw new Error('cut')
    const had = keeps && method === 'GET' ? kept.get(url) : undefined
    if (had) {
      meddled += 1
      give(answer, had)
      return
    }
    const renewed = url === '/service-worker.js' && version > 0
    const headers = without({ ...asked.headers, host: to.host }, strips ? STRIPPED : renewed ? UNCHANGED : [])
    const replay = twice && method !== 'GET' && method !== 'HEAD'
    const first = replay ? pass(headers, url, method, body).then(whole) : null
    const reply = await pass(headers, url, method, body)
    if (first) await first
    if (replay || strips) meddled += 1
    // What never ends can't be kept or changed.
    if (reply.headers['content-type']?.includes('event-stream')) {
      answer.writeHead(reply.statusCode ?? 502, reply.headers)
      reply.pipe(answer)
      answer.on('close', () => reply.destroy())
      return
    }
    const came = await whole(reply)
    came.headers = without(came.headers, strips ? STRIPPED : [])
    if (renewed) {
      came.headers = without(came.headers, ['content-length', 'etag'])
      came.body = Buffer.concat([came.body, Buffer.from(`\n// version ${version}\n`)])
    }
    if (late > 0) await pause(late)
    if (keeps && method === 'GET' && came.status === 200) kept.set(url, came)
    give(answer, came)
  }

  function pass(headers: IncomingMessage['headers'], path: string, method: string, body: Buffer): Promise<IncomingMessage> {
    return new Promise((done, failed) => {
      request({ host: to.hostname, port: to.port, path, method, headers, agent: false }, done).on('error', failed).end(body)
    })
  }

  async function whole(reply: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = []
    for await (const chunk of reply) chunks.push(chunk as Buffer)
    return { status: reply.statusCode ?? 502, headers: reply.headers, body: Buffer.concat(chunks) }
  }

  const proxy = createServer((asked, answer) => {
    handle(asked, answer).catch(() => answer.destroy())
  })
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening))
  const { port } = proxy.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    become(next) {
      ways = next
      kept.clear()
      // A line that listens was opened in the old ways.
      proxy.closeAllConnections()
    },
    renew() {
      version += 1
    },
    meddled: () => meddled,
    async close() {
      proxy.closeAllConnections()
      await new Promise<void>((closed) => proxy.close(() => closed()))
    },
  }
}

function give(answer: ServerResponse, { status, headers, body }: Answer): void {
  answer.writeHead(status, without(headers, ['transfer-encoding', 'connection'])).end(body)
}

function without(headers: IncomingMessage['headers'], names: readonly string[]): IncomingMessage['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))
}
