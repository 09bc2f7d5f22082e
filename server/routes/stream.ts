/**
 * GET /api/stream: server-sent events of what changes in the caller's scopes, read by `fetch` because it needs the
 * Authorization header. Begins with a poke per scope, so that a device that is behind knows it at once.
 */
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
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
    return streamSSE(c, async (stream) => {
      const over = new AbortController()
      stream.onAbort(() => over.abort())
      let unsent = 0
      const send = (text: string) => {
        unsent += 1
        if (unsent > MOST_UNSENT) over.abort()
        else void stream.write(text).finally(() => (unsent -= 1))
      }
      const tell = (event: StreamEvent, text: string) => send(`event: ${event.type}\ndata: ${text}\n\n`)
      const stop = await world.hub.listen(actor.site, scopesFor(actor), tell, device.id)
      try {
        while (!over.signal.aborted) {
          await world.wait(HEARTBEAT_MS, over.signal)
          // Whoever was locked out meanwhile, or whose shift is over, hears nothing more.
          if (!over.signal.aborted && !(await stillThere(world, device.id, token))) break
          send(': here\n\n')
        }
      } finally {
        stop()
      }
    })
  })
}

async function stillThere(world: World, id: string, token: string | undefined): Promise<boolean> {
  const device = await world.log.read((tx) => tx.device(id))
  return device !== null && (await actorAt(world, device, token).then(() => true, () => false))
}
