/** The real server in a process of its own, on a folder of its own, for tests that need the door, the fsync and the kill. */
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CERTIFICATE, KEY } from '../server/localhost.ts'

export type ServerProcess = {
  url: string
  /** the code of the printed link, once it is printed */
  code(): Promise<string>
  directory: string
  pid(): number
  output(): string
  /** SIGKILL: nothing is flushed that was not already */
  kill(): Promise<void>
  /** starts again on the same port and folder */
  start(): Promise<void>
  /** ends in peace; its folder stays */
  stop(): Promise<void>
  /** ends it and removes its folder */
  end(): Promise<void>
}

export async function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer()
    server.once('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? done(address.port) : failed(new Error('no port'))))
    })
  })
}

/** Where the example mill lies ready, and what was printed when it was made (test/support/example-mill.ts). */
export const MADE = 'EXAMPLE_MILL'
export const PRINTED = 'printed.txt'

/** Each of them would compile the same code. */
export const COMPILED = join(tmpdir(), 'countersign-compiled')

/** `tls`: by the certificate of test/server/localhost.ts. */
export async function startProcess({ example = false, port, tls = false }: { example?: boolean; port?: number; tls?: boolean } = {}): Promise<ServerProcess> {
  const directory = mkdtempSync(join(tmpdir(), 'countersign-'))
  const chosen = port ?? (await freePort())
  const url = `${tls ? 'https' : 'http'}://localhost:${chosen}`
  const pem = { TLS_CERT: join(directory, 'cert.pem'), TLS_KEY: join(directory, 'key.pem') }
  if (tls) {
    writeFileSync(pem.TLS_CERT, CERTIFICATE)
    writeFileSync(pem.TLS_KEY, KEY)
  }
  const made = example ? process.env[MADE] : undefined
  if (made) cpSync(made, directory, { recursive: true })
  const printed = made ? readFileSync(join(made, PRINTED), 'utf8') : ''
  const how = made ? ['--enrol'] : example ? ['--example'] : []
  let child: ChildProcess | null = null
  let output = ''

  async function start(): Promise<void> {
    const begun = spawn(process.execPath, ['server/main.ts', ...how], {
      env: { ...process.env, NODE_COMPILE_CACHE: COMPILED, PORT: String(chosen), HOST: '127.0.0.1', DATA_DIR: directory, ...(tls && pem) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = begun
    output = printed
    begun.stdout?.on('data', (text: Buffer) => (output += text.toString()))
    begun.stderr?.on('data', (text: Buffer) => (output += text.toString()))
    for (;;) {
      if (begun.exitCode !== null) throw new Error(`the server ended with ${begun.exitCode}:\n${output}`)
      if (await answers(`${url}/healthz`, tls)) return
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
  async function stop(signal: NodeJS.Signals): Promise<void> {
    const ending = child
    child = null
    if (!ending || ending.exitCode !== null) return
    const ended = new Promise<void>((done) => ending.once('exit', () => done()))
    ending.kill(signal)
    await ended
  }

  await start()
  return {
    url,
    directory,
    async code() {
      for (const until = Date.now() + 10_000; Date.now() < until; ) {
        const found = /\/(?:enrol|setup)#([\w-]+)/.exec(output)?.[1]
        if (found) return found
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      throw new Error(`the server printed no link:\n${output}`)
    },
    pid: () => child?.pid ?? 0,
    output: () => output,
    kill: () => stop('SIGKILL'),
    start,
    stop: () => stop('SIGTERM'),
    async end() {
      await stop('SIGTERM')
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function answers(url: string, tls: boolean): Promise<boolean> {
  const asked = tls
    ? new Promise<boolean>((done, failed) => get(url, { ca: CERTIFICATE, agent: false }, (response) => done(response.resume().statusCode === 200)).on('error', failed))
    : fetch(url).then((response) => response.ok)
  return asked.catch(() => false)
}
