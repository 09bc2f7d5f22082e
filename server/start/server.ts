/**
 * A running server, from its settings.
 *
 *   data folder, ours alone ─▶ log, blobs ─▶ example? ─▶ listen ─▶ say where, and who may come in
 *   close: no new calls ─▶ those under way end, streams are cut ─▶ the log
 */
import { access, constants, mkdir, readFile } from 'node:fs/promises'
import { createServer as createHttp } from 'node:http'
import { createSecureServer } from 'node:http2'
import type { Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import { createAdaptorServer, type ServerType } from '@hono/node-server'
import { createApp } from '../app.ts'
import { dataIn } from '../backup/data.ts'
import { openFolder } from '../blobs/folder.ts'
import type { Log } from '../log/log.ts'
import { openSqliteLog } from '../log/sqlite/log.ts'
import type { Outside } from '../world.ts'
import { codeOf, StartFault } from './fault.ts'
import { holdFolder } from './hold.ts'
import { invite } from './invite.ts'
import { say } from './say.ts'

export type Settings = Omit<Outside, 'log' | 'blobs' | 'imports'> & {
  /** as it was given; '0' lets the system choose */
  port: string
  host: string
  directory: string
  /** names of PEM files, '' without */
  tls: { cert: string; key: string }
  /** fill a new database */
  example: boolean
  /** print a link that enrols a device, though there are some: for who has lost the last one they could use */
  enrol: boolean
}
export type RunningServer = { close(): Promise<void> }

/** How long calls under way may take after the end was asked for. */
const GRACE_MS = 1_000
/** A picker's next word comes within a minute: over a line that is already open it is there one round trip sooner. */
const IDLE_MS = 75_000
const plain = { createServer: createHttp, serverOptions: { keepAliveTimeout: IDLE_MS } }
/**
 * HTTP/2 for who speaks it, as every browser does: one connection carries the stream and all calls, and a header that was said
 * once costs a byte. They were half of what a pick cost on the wire.
 */
const secure = (pem: { cert: Buffer; key: Buffer }) => ({ createServer: createSecureServer, serverOptions: { ...pem, allowHTTP1: true, keepAliveTimeout: IDLE_MS } })

export async function startServer({ port, host, directory, tls, example, enrol, ...outside }: Settings): Promise<RunningServer> {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new StartFault('badPort', { port })
  const pem = await readTls(tls)
  const folder = await dataFolder(directory)
  const letGo = holdFolder(folder)
  const { file, blobs: photographs } = dataIn(folder)
  const log = await openSqliteLog({ file, random: outside.random }).catch((cause: unknown) => {
    letGo()
    throw new StartFault('noLog', { file }, cause)
  })
  try {
    const blobs = await openFolder(photographs)
    if (example) await fill(log, outside.now())
    const app = createApp({ ...outside, log, blobs, imports: join(folder, 'imports') })
    const server = createAdaptorServer({ fetch: app.fetch, ...(pem ? secure(pem) : plain) })
    const sockets = socketsOf(server)
    const open = await listen(server, Number(port), host)
    await announce(log, { ...outside, enrol }, { secure: pem !== null, host, port: open })
    return {
      async close() {
        await closed(server, sockets)
        await log.close()
        letGo()
      },
    }
  } catch (error) {
    await log.close()
    letGo()
    throw error
  }
}

async function dataFolder(directory: string): Promise<string> {
  const folder = resolve(directory)
  await mkdir(folder, { recursive: true })
    .then(() => access(folder, constants.W_OK))
    .catch((cause: unknown) => {
      throw new StartFault('noData', { directory: folder }, cause)
    })
  return folder
}

async function readTls({ cert, key }: Settings['tls']): Promise<{ cert: Buffer; key: Buffer } | null> {
  if (cert === '' && key === '') return null
  const read = await Promise.all([readFile(cert), readFile(key)]).catch((cause: unknown) => {
    throw new StartFault('noTls', {}, cause)
  })
  const pem = { cert: read[0], key: read[1] }
  try {
    createSecureContext(pem)
  } catch (cause) {
    throw new StartFault('badTls', {}, cause)
  }
  return pem
}

/** Loaded only when it is asked for. */
async function fill(log: Log, now: number): Promise<void> {
  const { fillExample } = await import('../example/example.ts')
  const filled = await fillExample({ log, now })
  if (filled === 'not-empty') say('notEmpty')
  else say('example', filled.people.map(({ name, roles, pin }) => `${pin}  ${name}  ${roles.join(', ')}`))
}

function listen(server: ServerType, port: number, host: string): Promise<number> {
  return new Promise((done, failed) => {
    server.once('error', (cause) => failed(listenFault(cause, port, host)))
    server.listen(port, host, () => {
      const address = server.address()
      done(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function listenFault(cause: unknown, port: number, host: string): unknown {
  switch (codeOf(cause)) {
    case 'EADDRINUSE':
      return new StartFault('portTaken', { port: String(port) }, cause)
    case 'EACCES':
      return new StartFault('portForbidden', { port: String(port) }, cause)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartFault('badHost', { host }, cause)
    default:
      return cause
  }
}

async function announce(log: Log, { now, random, enrol }: Pick<Settings, 'now' | 'random' | 'enrol'>, at: { secure: boolean; host: string; port: number }): Promise<void> {
  const origins = originsOf(at)
  say('address', origins)
  if (!at.secure && origins.length > 1) say('noTls')
  for (const { to, path } of await invite(log, { now: now(), random, enrol })) say(to, origins.map((origin) => `${origin}${path}`))
}

/** Where a browser finds it: on this machine, then from the network. */
function originsOf({ secure, host, port }: { secure: boolean; host: string; port: number }): string[] {
  const hosts = ['0.0.0.0', '::'].includes(host) ? ['localhost', ...lanAddresses()] : [host.includes(':') ? `[${host}]` : host]
  return hosts.map((each) => `${secure ? 'https' : 'http'}://${each}:${port}`)
}
function lanAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((each) => (each ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address))
}

/** Streams never end by themselves. */
async function closed(server: ServerType, sockets: ReadonlySet<Socket>): Promise<void> {
  const cut = setTimeout(() => {
    for (const socket of sockets) socket.destroy()
  }, GRACE_MS)
  await new Promise<void>((done) => server.close(() => done()))
  clearTimeout(cut)
}

/** Those that are open: of either version of HTTP. */
function socketsOf(server: ServerType): ReadonlySet<Socket> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return sockets
}
