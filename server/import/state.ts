/** One import: its files, what was found in them and what came of it. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Table } from '../../shared/import/guess.ts'
import type { FileChoice, FileFault, ImportFault, ImportFile, Mapping, Progress, Taken } from '../../shared/import/wire.ts'
import type { Actor } from '../../shared/people/role.ts'
import type { StoredTable } from './lookup.ts'
import type { PlainReport } from './preview.ts'

export type FileFacts = Omit<ImportFile, 'fault'> & { fault: FileFault | null }
export type OpenFile = { facts: FileFacts; /** on the disk, never by the name it came with */ path: string; rows: string; asked: FileChoice; table: StoredTable | null }
export type Import = {
  id: string
  site: string
  person: string
  folder: string
  startedAt: string
  files: Map<string, OpenFile>
  guess: { mapping: Mapping; remembered: boolean } | null
  sources: string[]
  progress: Progress | null
  /** running and waiting */
  jobs: number
  fault: ImportFault | null
  preview: { mapping: Mapping; report: PlainReport; tables: ReadonlyMap<string, Table> } | null
  taken: Taken | null
  /** ends what runs for it */
  ending: AbortController
  made: number
}

/** `id` also names its folder in `directory`. `now` in ms. */
export function begin({ site, person }: Actor, id: string, directory: string, now: number): Import {
  return {
    id,
    site,
    person,
    folder: join(directory, id),
    startedAt: new Date(now).toISOString(),
    files: new Map(),
    guess: null,
    sources: [],
    progress: null,
    jobs: 0,
    fault: null,
    preview: null,
    taken: null,
    ending: new AbortController(),
    made: 0,
  }
}

/** Not read yet. */
export function opened(file: Pick<FileFacts, 'name' | 'size' | 'kind'>, path: string): OpenFile {
  const unread = { status: 'reading', fault: null, encoding: null, delimiter: null, sheets: [], sheet: null, headerRow: 0, columns: [], rows: 0 } satisfies Partial<FileFacts>
  return { facts: { ...file, ...unread }, path, rows: `${path}-rows`, asked: {}, table: null }
}

export const stored = (of: Import) => ({ orders: join(of.folder, 'orders'), problems: join(of.folder, 'problems') })
export const uses = (mapping: Mapping, file: string) => mapping.base === file || mapping.joins.some(({ of }) => of.file === file)

export function tablesOf(of: Import): Map<string, StoredTable> {
  return new Map([...of.files.values()].flatMap(({ facts, table }) => (table ? [[facts.name, table] as const] : [])))
}

export async function forget({ path, rows }: OpenFile): Promise<void> {
  await Promise.all([rm(path, { force: true }), rm(rows, { force: true })])
}
