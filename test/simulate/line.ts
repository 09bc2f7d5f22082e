/** What lies between a phone and the servers: it loses, repeats, delays, cuts, and now and then answers for them. */
import type { Chance } from '../../server/example/chance.ts'
import { wholeReply } from '../../shared/sync/slim.ts'
import type { SlimReply, SyncRequest } from '../../shared/sync/wire.ts'
import { gunzipSync } from 'node:zlib'
import type { Page } from './device.ts'
import type { Server } from './server.ts'
import type { Timeline } from './timeline.ts'
import type { Truth } from './truth.ts'

/** Chances from 0 to 1, and the longest way, ms; `late`: that of news, where it goes another. */
export type Weather = { drop: number; twice: number; portal: number; cut: number; slowest: number; late?: number }
export const CALM: Weather = { drop: 0, twice: 0, portal: 0, cut: 0, slowest: 50 }

type Given = { time: Timeline; chance: Chance; servers: readonly Server[]; truth: Truth }
export class Line {
  weather: Weather = CALM
  down = false
  requests = 0
  /** called once, when the next answer comes to the phone */
  onAnswer: (() => void) | null = null
  readonly #given: Given

  constructor(given: Given) {
    this.#given = given
  }

  async fetch(page: Page, url: string, init: RequestInit = {}): Promise<Response> {
    const { time, chance } = this.#given
    const { signal } = init
    this.requests += 1
    const happens = (likely: number) => chance.next() < likely
    const way = () => time.wait(chance.int(5, this.weather.slowest))
    const gone = new Promise<never>((_, reject) => {
      const over = () => reject(new TypeError('Failed to fetch'))
      if (signal?.aborted) over()
      signal?.addEventListener('abort', over)
      page.end.signal.addEventListener('abort', over)
    })
    gone.catch(() => undefined)
    const { signal: _, cache: __, ...request } = init

    await Promise.race([way(), gone])
    const news = this.weather.late !== undefined && url.endsWith('/api/stream')
    if (this.down || (happens(this.weather.drop) && !news)) return this.#lost(gone)
    if (happens(this.weather.portal)) return new Response('<html>please sign in</html>', { headers: { 'Content-Type': 'text/html' } })
    if (happens(this.weather.twice)) time.in(chance.int(1, 60_000), () => void this.#ask(url, request).catch(() => undefined))
    const { response, died } = await Promise.race([this.#ask(url, request), gone]).catch(() => this.#lost(gone))
    if (url.endsWith('/api/stream')) return this.#stream(page, response, died)
    const text = await response.text()
    this.#overhear(url, request, response.status, text)
    await Promise.race([way(), gone])
    if (this.down || happens(this.weather.drop)) return this.#lost(gone)
    this.onAnswer?.()
    this.onAnswer = null
    return new Response([204, 304].includes(response.status) ? null : text, { status: response.status, headers: response.headers })
  }

  /** Either it is known at once, or nobody ever says. */
  #lost(gone: Promise<never>): Promise<never> {
    return this.#given.chance.next() < 0.5 ? gone : Promise.reject(new TypeError('Failed to fetch'))
  }

  #ask(url: string, request: RequestInit) {
    const server = this.#given.chance.pick(this.#given.servers)
    return server.request(url, request)
  }

  #overhear(url: string, { body }: RequestInit, status: number, text: string): void {
    if (!url.endsWith('/api/sync') || status !== 200) return
    const asked = JSON.parse(typeof body === 'string' ? body : gunzipSync(Buffer.from(body as ArrayBuffer)).toString('utf8')) as SyncRequest
    const { epoch, verdicts } = wholeReply(JSON.parse(text) as SlimReply, { cursors: asked.cursors ?? {} })
    this.#given.truth.answered(epoch, verdicts)
  }

  /** Comes through until somebody is gone, or the line is cut. */
  #stream(page: Page, { body, status, headers }: Response, died: AbortSignal): Response {
    const { time, chance } = this.#given
    if (!body || status !== 200) return new Response(null, { status, headers })
    const through = new TransformStream<Uint8Array, Uint8Array>({
      transform: async (chunk, controller) => {
        const { slowest, late = slowest } = this.weather
        await time.wait(chance.int(5, late))
        if (this.down || chance.next() < this.weather.cut) controller.error(new TypeError('network error'))
        else controller.enqueue(chunk)
      },
    })
    const over = new AbortController()
    for (const end of [page.end.signal, died]) end.addEventListener('abort', () => over.abort())
    body.pipeTo(through.writable, { signal: over.signal }).catch(() => undefined)
    return new Response(through.readable, { status, headers })
  }
}
