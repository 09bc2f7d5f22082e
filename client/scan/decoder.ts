/** Bar codes in a picture. The reader and its WebAssembly are ours, precached, and fetched when the first camera opens. */
import type { Point, Size } from './aim.ts'

/** `quick` for most pictures of a film, `hard` for what is turned, inverted, blurred or small, `film` for the QR codes of a screen. */
export type How = 'quick' | 'hard' | 'film'
export type Found = { code: string; symbol: string; bytes: Uint8Array<ArrayBuffer>; middle: Point }
export type Asked = Size & { id: number; pixels: ArrayBuffer; how: How }
type Answer = { id: number; found: Found[] } | { id: number; error: string }
export type Decoder = (picture: ImageData, how: How) => Promise<Found[]>

/** Ends with the signal: what is asked then is not answered. */
export function openDecoder(signal: AbortSignal): Decoder {
  const worker = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' })
  const asked = new Map<number, { done(found: Found[]): void; fail(error: Error): void }>()
  let count = 0
  let broken: Error | null = null
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    const waits = asked.get(data.id)
    asked.delete(data.id)
    if ('error' in data) waits?.fail(new Error(data.error))
    else waits?.done(data.found)
  })
  worker.addEventListener('error', (event) => {
    event.preventDefault()
    broken = new Error(event.message || 'the reader did not start')
    for (const { fail } of asked.values()) fail(broken)
    asked.clear()
  })
  signal.addEventListener('abort', () => worker.terminate())
  if (signal.aborted) worker.terminate()

  return ({ data, width, height }, how) =>
    new Promise((done, fail) => {
      if (broken) return fail(broken)
      count += 1
      asked.set(count, { done, fail })
      const ask: Asked = { id: count, pixels: data.buffer as ArrayBuffer, width, height, how }
      worker.postMessage(ask, [ask.pixels])
    })
}
