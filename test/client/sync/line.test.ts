/** How long a phone waits for an answer, by a clock that the test turns. */
import { expect, test } from 'vitest'
import { call, PATIENCE_MS } from '../../../client/sync/line.ts'
import type { World } from '../../../client/world.ts'

/** A server that answers when it is told to, and a clock. */
function slowLine() {
  let now = 0
  const waits = new Set<{ due: number; end: () => void }>()
  let body: ReadableStreamDefaultController<Uint8Array> | undefined
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      body = controller
    },
  })
  const world = {
    base: '',
    mono: () => now,
    fetch: async () => new Response(stream, { headers: { 'Content-Type': 'application/json' } }),
    wait: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        const mine = { due: now + ms, end: resolve }
        waits.add(mine)
        signal?.addEventListener('abort', () => resolve())
      }),
  } as unknown as World
  /** Lets everything that is ready happen. */
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
  return {
    world,
    async pass(ms: number) {
      await settle()
      now += ms
      for (const each of waits) if (each.due <= now) each.end()
      await settle()
    },
    say: (text: string) => body?.enqueue(new TextEncoder().encode(text)),
    end: () => body?.close(),
  }
}

test('an answer that keeps coming is waited for, however slow the line is', async () => {
  const line = slowLine()
  const heard = call(line.world, '/api/snapshot/x', {})
  for (const part of ['{"name":"', '大', '𠮷', '"', '}']) {
    await line.pass(PATIENCE_MS - 1)
    line.say(part)
  }
  line.end()
  expect(await heard).toMatchObject({ status: 200, json: { name: '大𠮷' } })
})

test('an answer that stops coming is none', async () => {
  const line = slowLine()
  const heard = call(line.world, '/api/snapshot/x', {})
  await line.pass(PATIENCE_MS - 1)
  line.say('{"name":"')
  await line.pass(PATIENCE_MS - 1)
  await line.pass(1)
  expect(await heard).toBe('offline')
})

test('an answer in drops comes to an end', async () => {
  const line = slowLine()
  let over = false
  const heard = call(line.world, '/api/snapshot/x', {}).then((answer) => {
    over = true
    return answer
  })
  let passed = 0
  for (; !over && passed < 3_600_000; passed += PATIENCE_MS / 2) {
    line.say(' ')
    await line.pass(PATIENCE_MS / 2)
  }
  expect(await heard).toBe('offline')
  expect(passed).toBe(600_000)
})
