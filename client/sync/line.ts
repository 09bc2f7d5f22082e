/** The line to the server: one request with an end to it. An answer that isn't our server's (a captive portal's) is none. */
import type { Problem } from '../../shared/sync/wire.ts'
import type { DeviceDb } from '../db.ts'
import type { World } from '../world.ts'

export type Heard = { status: number; headers: Headers; json: unknown; problem: Problem | null }
export type Call = { method?: string; headers?: Record<string, string>; body?: BodyInit; ms?: number }

/** How long nothing at all may come. */
export const PATIENCE_MS = 30_000
/** A reason is given with each end: without one an error with its stack is made, for nobody. */
const ENDED = 'ended'
/** An answer that comes in drops must end, too. */
const MOST_MS = 600_000

export async function call(world: World, path: string, { method = 'GET', headers = {}, body, ms = PATIENCE_MS }: Call): Promise<Heard | 'offline'> {
  return within(world, ms, async (signal, alive) => {
    const response = await world.fetch(`${world.base}${path}`, { method, headers, signal, cache: 'no-store', ...(body === undefined ? {} : { body }) })
    const type = response.headers.get('Content-Type') ?? ''
    const text = new TextDecoder().decode(await bytesOf(response, alive))
    const json = type.includes('json') ? parsed(text) : null
    return { status: response.status, headers: response.headers, json, problem: problemIn(type, json) }
  })
}

/** Runs work that must not hang: 'offline' when it throws, or when it does not say for too long that it is `alive`. `given` ends it, too. */
export async function within<T>(world: World, ms: number, work: (signal: AbortSignal, alive: () => void) => Promise<T>, given?: AbortSignal): Promise<T | 'offline'> {
  const [over, late] = [new AbortController(), new AbortController()]
  const stop = () => late.abort(ENDED)
  given?.addEventListener('abort', stop)
  if (given?.aborted) stop()
  const began = world.mono()
  let until = began + ms
  const alive = () => {
    until = Math.min(world.mono() + ms, began + Math.max(ms, MOST_MS))
  }
  const timeout = async (): Promise<'offline'> => {
    for (let rest = ms; rest > 0 && !over.signal.aborted; rest = until - world.mono()) await world.wait(rest, over.signal)
    if (!over.signal.aborted) late.abort(ENDED)
    return 'offline'
  }
  try {
    return await Promise.race([work(late.signal, alive).catch((): 'offline' => 'offline'), timeout()])
  } finally {
    over.abort(ENDED)
    given?.removeEventListener('abort', stop)
  }
}

/** On a slow line a page of a first load takes longer than a line that is dead is waited for. */
export async function bytesOf({ body }: Response, alive: () => void): Promise<Uint8Array<ArrayBuffer>> {
  if (!body) return new Uint8Array()
  const reader = body.getReader()
  const parts: Uint8Array[] = []
  let size = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    alive()
    parts.push(part.value)
    size += part.value.length
  }
  // Read as a whole: a text that grows piece by piece is copied once more for each.
  const bytes = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function problemIn(type: string, json: unknown): Problem | null {
  if (!type.includes('application/problem+json') || typeof json !== 'object' || json === null) return null
  return 'type' in json && typeof json.type === 'string' && 'status' in json ? (json as Problem) : null
}

/** Retry-After in ms, 0 if it says nothing we understand. Never beyond ten minutes, whatever a proxy believes. */
export function retryAfter(headers: Headers, now: number): number {
  const said = headers.get('Retry-After') ?? ''
  const ms = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - now
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), 600_000) : 0
}

/** gzip, where it pays and the platform can. Never inside a transaction of the tables. */
export async function packed(text: string): Promise<{ body: BodyInit; headers: Record<string, string> }> {
  if (text.length < 400 || typeof CompressionStream === 'undefined') return { body: text, headers: {} }
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return { body: await new Response(stream).arrayBuffer(), headers: { 'Content-Encoding': 'gzip' } }
}

/** The device's token and the grant of the person at it, as far as there are any. Awaits nothing but the tables. */
export async function credentials(db: DeviceDb): Promise<Record<string, string>> {
  const { identity, current = '', grants = {} } = await db.readAll('identity', 'current', 'grants')
  const token = grants[current]
  return { ...(identity ? { Authorization: `Bearer ${identity.token}` } : {}), ...(token === undefined ? {} : { Grant: token }) }
}
