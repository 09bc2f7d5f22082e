/**
 * `npm run backup -- FOLDER`: a consistent copy while the server runs, checked before it counts. Photographs lie beside all
 * copies once, by their hash; a copy is its database and what is said of it.
 *
 *   FOLDER/countersign-20261126T142501Z.sqlite · .json        FOLDER/blobs/…
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import * as z from 'zod/mini'
import type { BlobName } from '../blobs/path.ts'
import { contentsOf, copyBlobs, type Data, keep, sha256Of } from './data.ts'

/** `missing`: photographs that the server has lost itself; devices that still have them send them again. */
export const Manifest = z.object({
  format: z.literal(1),
  at: z.iso.datetime(),
  epoch: z.string(),
  sha256: z.string(),
  commands: z.number(),
  events: z.number(),
  blobs: z.number(),
  missing: z.array(z.object({ site: z.string(), sha256: z.string() })),
})
export type Manifest = z.infer<typeof Manifest>

export const blobsBeside = (folder: string): string => join(folder, 'blobs')
export const manifestOf = (file: string): string => file.replace(/\.sqlite$/, '.json')

export async function backUp(data: Data, folder: string, now: number): Promise<{ file: string; manifest: Manifest }> {
  await mkdir(folder, { recursive: true })
  const at = new Date(now).toISOString()
  const file = join(folder, `countersign-${at.replace(/\.\d+Z$/, 'Z').replaceAll(/[-:]/g, '')}.sqlite`)
  const partial = `${file}.partial`
  await rm(partial, { force: true })
  // One read transaction of its own: writers go on meanwhile, and none of it is half a commit.
  const reader = new Database(data.file, { readonly: true, timeout: 30_000 })
  try {
    reader.prepare('vacuum into ?').run(partial)
  } finally {
    reader.close()
  }
  const { epoch, commands, events, blobs } = contentsOf(partial)
  // A photograph is on the disk before its row is: whatever the copy names was there already.
  const missing: BlobName[] = await copyBlobs(data.blobs, blobsBeside(folder), blobs)
  const manifest: Manifest = { format: 1, at, epoch, sha256: await sha256Of(partial), commands, events, blobs: blobs.length, missing }
  await keep(partial, file)
  await writeFile(`${manifestOf(file)}.partial`, `${JSON.stringify(manifest, null, 2)}\n`)
  await keep(`${manifestOf(file)}.partial`, manifestOf(file))
  return { file, manifest }
}

/** What is said of a copy, when the copy is still what was said. */
export async function readBackup(file: string): Promise<Manifest> {
  const said = Manifest.parse(JSON.parse(await readFile(manifestOf(file), 'utf8')))
  const is = await sha256Of(file)
  if (is !== said.sha256) throw new Error(`${file} has changed since it was made: SHA-256 ${is}, wanted ${said.sha256}`)
  return said
}
