/** Where the bytes of a photograph lie in a folder of them, FOLDER/<site>/<ab>/<sha256>, and how they stay there. */
import { hash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { join } from 'node:path'

export type BlobName = { site: string; sha256: string }
/** Sites are named by the server, yet a name must never be a path. */
export const siteFolder = (site: string): string => hash('sha256', site).slice(0, 16)
export const blobFile = (folder: string, { site, sha256 }: BlobName): string => join(folder, siteFolder(site), sha256.slice(0, 2), sha256)

/** fsync of a file or, for a name in it, of a folder. */
export async function toDisk(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
