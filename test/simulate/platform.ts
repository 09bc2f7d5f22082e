/**
 * One process, one turn after the other, the same each time: what a platform does beside the program is replaced by what does
 * it at once. Imported before anything of the product.
 */
import { createHash } from 'node:crypto'

const turn = globalThis.setImmediate
let pending = 0
let done = 0
let alarm: { at: number; ring(): void } | null = null

const tasks: (() => void)[] = []
let pumping = false

/**
 * Every task of the simulated tables and of the store goes through here: one after the other, each when all promises of the one before
 * have had their turn. Not by way of the event loop, which asks the system each time whether anything came.
 */
function counted(task: (...args: unknown[]) => void, ...args: unknown[]): void {
  pending += 1
  tasks.push(() => task(...args))
  if (!pumping) process.nextTick(pump)
  pumping = true
}

function pump(): void {
  const task = tasks.shift()
  pending -= 1
  done += 1
  if (alarm && done >= alarm.at) {
    const { ring } = alarm
    alarm = null
    ring()
  }
  // A tick that is asked for by a promise comes when no promise is left.
  queueMicrotask(() => {
    pumping = tasks.length > 0
    if (pumping) process.nextTick(pump)
  })
  task?.()
}

/** Calls back before the nth task from now: the middle of whatever is under way. */
export function afterTasks(count: number, ring: () => void): void {
  alarm = { at: done + count, ring }
}

const IDLE_TURNS = 3
/** Until nothing goes on any more without the clock. */
export async function quiet(): Promise<void> {
  for (let idle = 0; idle < IDLE_TURNS; idle = pending === 0 ? idle + 1 : 0) await new Promise<void>((resolve) => turn(() => resolve()))
}

export function installPlatform(): void {
  const platform: Record<string, unknown> = { setImmediate: counted, CompressionStream: undefined, BroadcastChannel: undefined }
  for (const [name, value] of Object.entries(platform)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  const digest = async (_: string, bytes: BufferSource) => new Uint8Array(createHash('sha256').update(bytes as Uint8Array).digest()).buffer
  Object.defineProperty(crypto.subtle, 'digest', { value: digest, configurable: true })
}
installPlatform()
export const state = () => ({ pending, done })
