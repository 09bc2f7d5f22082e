/**
 * `npm run restore -- FILE`: the data folder becomes what a backup says, as another history (SYNC §1): every device notices, offers
 * again what the backup does not know, and so heals it. What was there before is put aside, never thrown away.
 */
import { mkdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { format, type Random } from '../../shared/sync/id.ts'
import type { BlobName } from '../blobs/path.ts'
import { connect } from '../log/sqlite/connection.ts'
import { beginEpoch } from '../log/sqlite/instance.ts'
import { migrate } from '../log/sqlite/schema/migrate.ts'
import { blobsBeside, type Manifest, readBackup } from './backup.ts'
import { contentsOf, copyBlobs, copyWhole, type Data, keep, sizeOf } from './data.ts'

/** `aside`: where the database that was there lies now, null if there was none. */
export type Restored = { manifest: Manifest; epoch: string; missing: BlobName[]; aside: string | null }

/** Nobody may be at the data. Throws before anything is changed when the copy is not whole. */
export async function restore(file: string, data: Data, { now, random }: { now: number; random: Random }): Promise<Restored> {
  const manifest = await readBackup(file)
  const { blobs } = contentsOf(file)
  const missing = await copyBlobs(blobsBeside(dirname(file)), data.blobs, blobs)
  const epoch = format(random(16), 4)
  const coming = `${data.file}.coming`
  await copyWhole(file, coming)
  const db = connect(coming, 'write')
  try {
    await migrate(db)
    // What the server has not got it asks the devices for.
    for (const { site, sha256 } of missing) db.prepare('delete from blob where site = ? and sha256 = ?').run(site, sha256)
    beginEpoch(db, epoch)
  } finally {
    db.close()
  }
  // Under its name it is never without its new history, however this ends.
  const aside = await putAside(data, now)
  await keep(coming, data.file)
  return { manifest, epoch, missing, aside }
}

async function putAside({ file }: Data, now: number): Promise<string | null> {
  if ((await sizeOf(file)) === null) return null
  const folder = join(dirname(file), `before-restore-${now}`)
  await mkdir(folder, { recursive: true })
  for (const part of ['', '-wal', '-shm']) if ((await sizeOf(`${file}${part}`)) !== null) await rename(`${file}${part}`, join(folder, `countersign.sqlite${part}`))
  return folder
}
