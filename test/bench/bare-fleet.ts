/** Drives the bare server as the phones drive ours: as many clients, as many requests, as many bytes each way. */
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { costOf, type Cost } from './cost.ts'

export type Load = { clients: number; requests: number; up: number; down: number }
export type Bare = {
  /** ms until the last is answered, and what it cost the server */
  storm(load: Load): Promise<{ ms: number; cost: Cost }>
  /** ms from sending to hearing it on the last line that listens, one by one */
  live(size: { listeners: number; writes: number; bytes: number }): Promise<number[]>
  /** ms to read so many rows of so many bytes, one after the other */
  read(size: { rows: number; bytes: number }): Promise<number>
  end(): Promise<void>
}

export async function openBare(): Promise<Bare> {
  const directory = mkdtempSync(join(tmpdir(), 'countersign-bare-'))
  const child = fork(new URL('bare-server.ts', import.meta.url), [directory], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const [port] = (await once(child, 'message')) as [number]
  const agent = new Agent({ keepAlive: true })
  const ask = (path: string, body?: Buffer) =>
    new Promise<number>((done, failed) => {
      const asked = request({ host: '127.0.0.1', port, path, agent, method: body ? 'POST' : 'GET' }, (response) => {
        let size = 0
        response.on('data', (chunk: Buffer) => (size += chunk.length)).on('end', () => done(size))
      })
      asked.on('error', failed).end(body)
    })
  const pid = child.pid ?? 0

  return {
    async storm({ clients, requests, up, down }) {
      const [bodies, each] = [Math.ceil(requests / clients), Math.ceil(down / requests)]
      const body = randomBytes(Math.ceil(up / requests))
      const before = costOf(pid)
      const began = performance.now()
      await Promise.all(
        Array.from({ length: clients }, async () => {
          for (let i = 0; i < bodies; i++) await ask(`/?down=${each}`, body)
        }),
      )
      return { ms: performance.now() - began, cost: costOf(pid, before) }
    },
    async live({ listeners, writes, bytes }) {
      const lines = await Promise.all(Array.from({ length: listeners }, () => listen(port)))
      const body = randomBytes(bytes)
      const times: number[] = []
      for (let i = 0; i < writes; i++) {
        const heard = Promise.all(lines.map((line) => once(line, 'data')))
        const began = performance.now()
        await ask('/?down=100', body)
        await heard
        times.push(performance.now() - began)
      }
      for (const line of lines) line.destroy()
      return times
    },
    async read({ rows, bytes }) {
      const body = randomBytes(bytes)
      for (let i = 0; i < rows; i++) await ask('/?down=0', body)
      const began = performance.now()
      for (let i = 1; i <= rows; i++) await ask(`/${i}`)
      return performance.now() - began
    },
    async end() {
      agent.destroy()
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function listen(port: number): Promise<IncomingMessage> {
  return new Promise((done, failed) => {
    request({ host: '127.0.0.1', port, path: '/stream', agent: false }, (response) => response.once('data', () => done(response))).on('error', failed).end()
  })
}
