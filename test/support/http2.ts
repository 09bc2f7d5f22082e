/** Calls a server as a browser does under TLS. */
import { type ClientHttp2Session, connect, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http2'
import { Readable } from 'node:stream'

export type Fetch = (url: string, init?: RequestInit) => Promise<Response>
export type Caller = { fetch: Fetch; calls(): number; end(): void }

/** What a browser says of itself with every call. */
const BROWSER = {
  'user-agent': 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  'sec-ch-ua': '"Chromium";v="142", "Not_A Brand";v="99"',
  'sec-ch-ua-mobile': '?1',
  'sec-ch-ua-platform': '"Android"',
  accept: '*/*',
  'accept-encoding': 'gzip',
  'accept-language': 'zh-TW,zh;q=0.9',
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'cors',
  'sec-fetch-dest': 'empty',
}

/** `fetch` as a browser does it under TLS: HTTP/2, one connection for everything, opened again when it is lost. */
export function openCaller(origin: string, ca: string): Caller {
  let session: ClientHttp2Session | null = null
  let calls = 0
  const line = (): ClientHttp2Session => {
    if (session && !session.closed && !session.destroyed) return session
    session = connect(origin, { ca })
    session.on('error', () => undefined)
    return session
  }
  return {
    calls: () => calls,
    end: () => session?.destroy(),
    fetch: (url, { method = 'GET', headers, body, signal } = {}) =>
      new Promise((resolve, reject) => {
        calls += 1
        const said: OutgoingHttpHeaders = { ':method': method, ':path': url.slice(origin.length), ...BROWSER, origin, ...Object.fromEntries(new Headers(headers)) }
        const bytes = typeof body === 'string' ? Buffer.from(body) : body instanceof ArrayBuffer || body instanceof Uint8Array ? Buffer.from(body as Uint8Array) : null
        if (bytes) said['content-length'] = bytes.length
        const stream = line().request(said)
        signal?.addEventListener('abort', () => stream.close())
        stream.on('error', reject)
        stream.on('close', () => reject(new TypeError('Failed to fetch')))
        stream.on('response', (heard) => {
          const status = Number(heard[':status'])
          const plain = Readable.toWeb(stream) as ReadableStream<Uint8Array>
          const unpacked = heard['content-encoding'] === 'gzip' ? plain.pipeThrough(new DecompressionStream('gzip') as ReadableWritablePair<Uint8Array, Uint8Array>) : plain
          resolve(new Response([204, 304].includes(status) ? null : unpacked, { status, headers: headersIn(heard) }))
        })
        stream.end(bytes ?? undefined)
      }),
  }
}

function headersIn(heard: IncomingHttpHeaders): [string, string][] {
  return Object.entries(heard).flatMap(([name, value]): [string, string][] => (name.startsWith(':') || value === undefined ? [] : [[name, String(value)]]))
}
