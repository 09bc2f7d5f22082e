/**
 * GET /api/stream: server-sent events of what changes in the caller's scopes, read by `fetch` because it needs the
 * Authorization header. Begins with a poke per scope, so that a device that is behind knows it at once.
 */
import { Hono } from 'hono'
import { scopesFor } from '../../shared/sync/doc.ts'
import type { World } from '../world.ts'
import { actorAt, signedIn } from './caller.ts'

/** Proxies cut lines that are silent for longer. */
const HEARTBEAT_MS = 20_000
/** A device that reads more slowly is cut off: it comes back and is told where its scopes stand. */
const MOST_UNSENT = 64
const HERE = new TextEncoder().encode(': here\n\n')

export function streamRoutes(world: World) {
  return new Hono().get('/api/stream', signedIn(world), (c) => {
    const { device, actor } = c.var
    const token = c.req.header('Grant')
    const scopes = scopesFor(actor)
    const over = new AbortController()
    let gone = false

    async function hear(line: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
      const send = (bytes: Uint8Array) => {
        if (gone) return
        if ((line.desiredSize ?? 0) > 0) line.enqueue(bytes)
        else over.abort()
      }
      const stop = await world.hub.listen({ site: actor.site, scopes, device: device.id, person: actor.person, tell: (_, bytes) => send(bytes), end: () => over.abort() })
      try {
        // Whose shift is over hears nothing more, nor does anyone who was locked out before they were heard, or by another server.
        while (!over.signal.aborted && (await hearsStill(world, device.id, token, scopes))) {
          send(HERE)
          await world.wait(HEARTBEAT_MS, over.signal)
        }
      } finally {
        stop()
      }
    }
    const lines: UnderlyingDefaultSource<Uint8Array> = {
      start(line) {
        void hear(line)
          .catch((error: unknown) => world.report(error, 'stream'))
          .finally(() => gone || line.close())
      },
      cancel() {
        gone = true
        over.abort()
      },
    }
    // One stream, whatever the platform’s helpers lay behind one another: a change is given to hundreds at once.
    return c.body(new ReadableStream(lines, { highWaterMark: MOST_UNSENT }), 200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' })
  })
}

async function hearsStill(world: World, id: string, token: string | undefined, scopes: readonly string[]): Promise<boolean> {
  const device = await world.log.read((tx) => tx.device(id))
  const actor = device && (await actorAt(world, device, token).catch(() => null))
  return actor !== null && scopesFor(actor).join() === scopes.join()
}
