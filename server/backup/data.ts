/** What a server has on the disk, and whether a copy of it is whole. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { type BlobName, blobFile, toDisk } from '../blobs/path.ts'

/** One SQLite file and a folder of photographs. */
export type Data = { file: string; blobs: string }
export const dataIn = (folder: string): Data => ({ file: join(folder, 'countersign.sqlite'), blobs: join(folder, 'blobs') })

/** What a database holds. Throws when SQLite finds it damaged, or when it is none of ours. */
export function contentsOf(file: string): { epoch: string; commands: number; events: number; blobs: BlobName[] } {
  const db = new Database(file, { readonly: true })
  try {
    const integrity = db.pragma('integrity_check', { simple: true })
    if (integrity !== 'ok') throw new Error(`SQLite finds ${file} damaged: ${String(integrity)}`)
    if ((db.pragma('foreign_key_check') as unknown[]).length > 0) throw new Error(`${file} names rows that it has not got`)
    const count = (table: 'command' | 'event') => (db.prepare(`select count(*) as n from ${table}`).get() as { n: number }).n
    const { epoch } = db.prepare('select epoch from instance').get() as { epoch: string }
    return { epoch, commands: count('command'), events: count('event'), blobs: db.prepare('select site, sha256 from blob order by site, sha256').all() as BlobName[] }
  } finally {
    db.close()
  }
}

/** Streamed: a database may be larger than memory. */
export async function sha256Of(file: string): Promise<string> {
  const sum = createHash('sha256')
  for await (const chunk of createReadStream(file)) sum.update(chunk)
  return sum.digest('hex')
}

export async function sizeOf(file: string): Promise<number | null> {
  return stat(file).then(
    (found) => found.size,
    () => null,
  )
}

/** Appears under its name only when it is whole and on the disk. */
export async function copyWhole(from: string, to: string): Promise<void> {
  const partial = `${to}.partial`
  await mkdir(dirname(to), { recursive: true })
  await rm(partial, { force: true })
  await copyFile(from, partial)
  await keep(partial, to)
}

/** On the disk under its name. */
export async function keep(partial: string, name: string): Promise<void> {
  await toDisk(partial)
  await rename(partial, name)
  await toDisk(dirname(name))
}

/** Copies those that are not there yet, and checks each by its hash. Returns the ones that could not be had whole. */
export async function copyBlobs(from: string, to: string, blobs: readonly BlobName[]): Promise<BlobName[]> {
  const missing: BlobName[] = []
  for (const blob of blobs) {
    const [source, target] = [blobFile(from, blob), blobFile(to, blob)]
    if ((await sizeOf(target)) !== null) continue
    if ((await sizeOf(source)) === null || (await sha256Of(source)) !== blob.sha256) {
      missing.push(blob)
      continue
    }
    await copyWhole(source, target)
  }
  return missing
}
