/** A line whose bytes are counted as they travel: a relay between a device and the server, below HTTP, gzip and TLS. */
import { connect, createServer, type Socket } from 'node:net'

export type Counted = { up: number; down: number }
export type Relay = {
  port: number
  /** since the last call */
  count(): Counted
  /** Out of reach: every connection is cut, none comes about. */
  cut(): void
  mend(): void
  end(): Promise<void>
}

export async function openRelay(to: number): Promise<Relay> {
  const sockets = new Set<Socket>()
  let [counted, up]: [Counted, boolean] = [{ up: 0, down: 0 }, true]
  const server = createServer((device) => {
    if (!up) return device.destroy()
    const far = connect(to, '127.0.0.1')
    for (const [from, other, way] of [[device, far, 'up'], [far, device, 'down']] as const) {
      sockets.add(from)
      from.on('data', (bytes) => {
        counted[way] += bytes.length
        other.write(bytes)
      })
      from.on('error', () => other.destroy())
      from.on('close', () => {
        sockets.delete(from)
        other.destroy()
      })
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    count() {
      const before = counted
      counted = { up: 0, down: 0 }
      return before
    },
    cut() {
      up = false
      cut()
    },
    mend() {
      up = true
    },
    async end() {
      cut()
      await new Promise((done) => server.close(done))
    },
  }
}
