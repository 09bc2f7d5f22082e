/** Listens to what changes while nobody asks (GET /api/stream). Small changes are applied by the same compare and swap; the rest is a poke. */
import type { StreamEvent } from '../../shared/sync/wire.ts'
import type { DeviceDb } from '../db.ts'
import type { World } from '../world.ts'
import { applyStreamed } from './settle.ts'

/** The server says at least 'here' every 20 s: a line that is silent for longer is dead. */
const SILENCE_MS = 50_000

type Listening = {
  db: DeviceDb
  world: World
  headers: Record<string, string>
  /** there is more than what came */
  behind(): void
  signal: AbortSignal
}

/** Resolves when the line ends, however. 'no-grant': nobody may listen any more. */
export async function listen({ db, world, headers, behind, signal }: Listening): Promise<'ended' | 'no-grant'> {
  const cut = new AbortController()
  const stop = () => cut.abort()
  signal.addEventListener('abort', stop)
  try {
    if (signal.aborted) return 'ended'
    const response = await world.fetch(`${world.base}/api/stream`, { headers: { ...headers, Accept: 'text/event-stream' }, signal: cut.signal, cache: 'no-store' })
    if (response.status === 401) return 'no-grant'
    if (response.status !== 200 || !response.body || !response.headers.get('Content-Type')?.includes('text/event-stream')) return 'ended'
    for await (const event of events(world, response.body, cut)) await take(db, world, event, behind)
  } catch {
    // The line was cut; the next pull brings what was missed.
  } finally {
    signal.removeEventListener('abort', stop)
    cut.abort()
  }
  return 'ended'
}

async function take(db: DeviceDb, world: World, event: StreamEvent, behind: () => void): Promise<void> {
  if (event.type === 'ops') {
    if ((await applyStreamed(db, event, world.now())) === 'elsewhere') behind()
    return
  }
  const [epoch, cursor] = await Promise.all([db.read('epoch'), db.cursors.get(event.scope)])
  if (epoch !== event.epoch || (cursor?.position ?? -1) < event.head) behind()
}

/** Server-sent events, as far as our server sends them: `data` lines up to an empty one. Ends when nothing is heard for too long. */
async function* events(world: World, body: ReadableStream<Uint8Array>, cut: AbortController): AsyncGenerator<StreamEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  // The reader does not always notice by itself.
  cut.signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined))
  try {
    for (;;) {
      const { done, value } = await heard(world, reader, cut)
      if (done) return
      text += decoder.decode(value, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const data = block.split('\n').flatMap((line) => (line.startsWith('data:') ? [line.slice(5).trimStart()] : []))
        if (data.length > 0) yield JSON.parse(data.join('\n')) as StreamEvent
      }
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
}

async function heard(world: World, reader: ReadableStreamDefaultReader<Uint8Array>, cut: AbortController) {
  const came = new AbortController()
  void world.wait(SILENCE_MS, came.signal).then(() => {
    if (!came.signal.aborted) cut.abort()
  })
  try {
    return await reader.read()
  } finally {
    // Without a reason an error with its stack is made each time, for nobody.
    came.abort('came')
  }
}
