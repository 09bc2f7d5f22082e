/**
 * GET /api/stream: server-sent events of what changes in the caller's scopes, read by `fetch` because it needs the
 * Authorization header. Begins with a poke per scope, so that a device that is behind knows it at once.
 */
import { Hono } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { scopesFor } from '../../shared/sync/doc.ts'
import type { StreamEvent } from '../../shared/sync/wire.ts'
import type { World } from '../world.ts'
import { actorAt, signedIn } from './caller.ts'

/** Proxies cut lines that are silent for longer. */
const HEARTBEAT_MS = 20_000
/** A device that reads more slowly is cut off: it comes back and is told where its scopes stand. */
const MOST_UNSENT = 64

export function streamRoutes(world: World) {
  return new Hono().get('/api/stream', signedIn(world), (c) => {
    const { device, actor } = c.var
    const token = c.req.header('Grant')
    c.header('X-Accel-Buffering', 'no')
    const hear = async (stream: SSEStreamingApi) => {
      const over = new AbortController()
      stream.onAbort(() => over.abort())
      let unsent = 0
      const send = (text: string) => {
        unsent += 1
        if (unsent > MOST_UNSENT) over.abort()
        else void stream.write(text).finally(() => (unsent -= 1))
      }
      const tell = (event: StreamEvent, text: string) => send(`event: ${event.type}\ndata: ${text}\n\n`)
      const scopes = scopesFor(actor)
      const stop = await world.hub.listen({ site: actor.site, scopes, device: device.id, person: actor.person, tell, end: () => over.abort() })
      try {
        // Whose shift is over hears nothing more, nor does anyone who was locked out before they were heard, or by another server.
        while (!over.signal.aborted && (await hearsStill(world, device.id, token, scopes))) {
          send(': here\n\n')
          await world.wait(HEARTBEAT_MS, over.signal)
        }
      } finally {
        stop()
      }
    }
    return streamSSE(c, (stream) => hear(stream).catch((error: unknown) => world.report(error, 'stream')))
  })
}

async function hearsStill(world: World, id: string, token: string | undefined, scopes: readonly string[]): Promise<boolean> {
  const device = await world.log.read((tx) => tx.device(id))
  const actor = device && (await actorAt(world, device, token).catch(() => null))
  return actor !== null && scopesFor(actor).join() === scopes.join()
}
