/** The two tools, from what was typed to what is said. Returns whether all is whole. */
import { mkdir } from 'node:fs/promises'
import type { Random } from '../../shared/sync/id.ts'
import type { BlobName } from '../blobs/path.ts'
import { StartFault } from '../start/fault.ts'
import { holdFolder } from '../start/hold.ts'
import { say } from '../start/say.ts'
import { backUp } from './backup.ts'
import { dataIn } from './data.ts'
import { restore } from './restore.ts'

export type Tool = 'backup' | 'restore'
export const isTool = (word: string | undefined): word is Tool => word === 'backup' || word === 'restore'

export async function runTool(tool: Tool, target: string | undefined, { folder, now, random }: { folder: string; now: number; random: Random }): Promise<boolean> {
  if (!target) throw new StartFault('noTarget')
  return tool === 'backup' ? backedUp(folder, target, now) : restored(folder, target, { now, random })
}

async function backedUp(folder: string, target: string, now: number): Promise<boolean> {
  const { file, manifest } = await backUp(dataIn(folder), target, now).catch((cause: unknown) => {
    throw new StartFault('noBackup', {}, cause)
  })
  say('backedUp', [file, `${manifest.commands} commands, ${manifest.events} events, ${manifest.blobs - manifest.missing.length} of ${manifest.blobs} photographs`, `SHA-256 ${manifest.sha256}`])
  return whole(manifest.missing)
}

async function restored(folder: string, file: string, world: { now: number; random: Random }): Promise<boolean> {
  await mkdir(folder, { recursive: true })
  const letGo = holdFolder(folder)
  try {
    const { manifest, missing, aside } = await restore(file, dataIn(folder), world).catch((cause: unknown) => {
      throw new StartFault('noRestore', {}, cause)
    })
    say('restored', [`${manifest.at}: ${manifest.commands} commands, ${manifest.events} events, ${manifest.blobs - missing.length} of ${manifest.blobs} photographs`, ...(aside ? [aside] : [])])
    return whole(missing)
  } finally {
    letGo()
  }
}

function whole(missing: readonly BlobName[]): boolean {
  if (missing.length > 0) say('missing', missing.map(({ sha256 }) => sha256))
  return missing.length === 0
}
