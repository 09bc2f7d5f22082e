/** An answer in one piece: packed at once, with its length, so that a small one travels in one frame and waits for nobody. */
import { promisify } from 'node:util'
import { gzip, gzipSync } from 'node:zlib'
import type { Context } from 'hono'

const pack = promisify(gzip)
/** Below, gzip adds more than it takes. */
const WORTH = 200
/** Above, packing takes long enough for others to notice: it is done beside them. */
const LONG = 16 * 1024

export const answerPacked = (c: Context, value: unknown): Promise<Response> => answerJson(c, JSON.stringify(value))

export const packedText = async (text: string): Promise<Buffer> => (text.length > LONG ? pack(text) : gzipSync(text))

export async function answerJson(c: Context, text: string): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', Vary: 'Accept-Encoding' }
  if (text.length < WORTH || !/\bgzip\b/.test(c.req.header('Accept-Encoding') ?? '')) return c.body(text, 200, headers)
  const packed = await packedText(text)
  return c.body(new Uint8Array(packed), 200, { ...headers, 'Content-Encoding': 'gzip', 'Content-Length': String(packed.length) })
}
