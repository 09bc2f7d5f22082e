/**
 * Blobs in a folder: DIR/<site>/<ab>/<sha256>, uploads under way in DIR/.partial/<site>/<sha256>.
 * A blob appears under its name only when it is whole, checked and on the disk.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import type { Blobs } from './blobs.ts'
import { blobFile, siteFolder, toDisk } from './path.ts'

export async function openFolder(directory: string): Promise<Blobs> {
  await mkdir(join(directory, '.partial'), { recursive: true })
  const stored = (site: string, sha256: string) => blobFile(directory, { site, sha256: named(sha256) })
  const partial = (site: string, sha256: string) => join(directory, '.partial', `${siteFolder(site)}-${named(sha256)}`)
  const inTurn = turns()

  return {
    received: (site, sha256) => sizeOf(partial(site, sha256)),
    append: (site, sha256, offset, bytes) =>
      inTurn(partial(site, sha256), async (file) => {
        if ((await sizeOf(file)) !== offset) return 'elsewhere'
        const handle = await open(file, 'a')
        try {
          await handle.appendFile(bytes)
        } finally {
          await handle.close()
        }
        return 'added'
      }),
    finish: (site, sha256) =>
      inTurn(partial(site, sha256), async (file) => {
        // No picture is empty: nothing arrived.
        if ((await sizeOf(file)) === 0 || (await hashOf(file)) !== sha256) {
          await rm(file, { force: true })
          return 'wrong-hash'
        }
        const size = await sizeOf(file)
        const target = stored(site, sha256)
        await mkdir(dirname(target), { recursive: true })
        await toDisk(file)
        await rename(file, target)
        await toDisk(dirname(target))
        return { size }
      }),
    async read(site, sha256) {
      const file = stored(site, sha256)
      return (await exists(file)) ? (Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>) : null
    },
  }
}

function named(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error(`${JSON.stringify(sha256)} is no SHA-256 in hex`)
  return sha256
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    (each) => each.size,
    () => 0,
  )
}
async function hashOf(file: string): Promise<string> {
  const sum = createHash('sha256')
  for await (const chunk of createReadStream(file)) sum.update(chunk)
  return sum.digest('hex')
}
/** One after the other per file: two tabs may send the same picture. */
function turns() {
  const last = new Map<string, Promise<unknown>>()
  return async <T>(file: string, work: (file: string) => Promise<T>): Promise<T> => {
    const before = last.get(file) ?? Promise.resolve()
    const mine = before.then(() => work(file))
    const quiet = mine.catch(() => undefined)
    last.set(file, quiet)
    try {
      return await mine
    } finally {
      if (last.get(file) === quiet) last.delete(file)
    }
  }
}
