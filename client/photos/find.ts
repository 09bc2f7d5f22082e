/** A photograph, wherever it is. */
import { answerTo, credentials } from '../api.ts'
import type { Device } from '../device.ts'
import { parsed } from '../sync/line.ts'

/** `on`: the device that has not sent it yet; '' when that is not known. `null`: nobody answers. */
export type Found = { url: string } | { on: string } | null

/** From this device, otherwise from the server, which wants to know the order that names it. A URL is to be revoked after use. */
export async function findPicture(device: Device, sha256: string, order: string): Promise<Found> {
  const here = await device.pictures.bytes(sha256)
  if (here) return { url: URL.createObjectURL(new Blob([here as BlobPart])) }
  const heard = await answerTo(device, `/api/blobs/${sha256}?order=${encodeURIComponent(order)}`, { headers: await credentials(device) })
  if (heard === 'offline') return null
  if (heard.response.ok) return { url: URL.createObjectURL(new Blob([heard.bytes])) }
  const problem = parsed(new TextDecoder().decode(heard.bytes)) as { type?: unknown; device?: unknown } | null
  return problem?.type === 'blob-on-its-way' ? { on: String(problem.device) } : null
}
