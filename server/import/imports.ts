/**
 * The imports under way: who started them, their files, what was found and what came of it.
 *
 *   start ─▶ files come (each is read) ─▶ preview ─▶ take
 *              └ read another way ┘          └ again ┘
 *
 * They live in this process and in one folder, nowhere else: a restart or a day ends them, and the log has what was taken.
 * Jobs run one after another in the whole server, and give way to other work while they run.
 */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Actor } from '../../shared/people/role.ts'
import { guess } from '../../shared/import/guess.ts'
import { type FileChoice, type ImportFault, type Mapping, MOST_FILE_BYTES, MOST_FILES, type Progress } from '../../shared/import/wire.ts'
import { format } from '../../shared/sync/id.ts'
import { LogBusy, type SiteRow } from '../log/log.ts'
import type { World } from '../world.ts'
import { delimiterOf } from './csv.ts'
import { encodingOf } from './encoding.ts'
import { Faulty, Unfit } from './fault.ts'
import { kindOf, type WrongFile } from './kind.ts'
import { preview } from './preview.ts'
import { readFile } from './read.ts'
import { keep, recall, sourceNamed } from './remember.ts'
import { begin, type FileFacts, forget, type Import, type OpenFile, opened, stored, tablesOf, uses } from './state.ts'
import { take } from './take.ts'

const DAY = 24 * 3_600_000
/** Of one person: the oldest goes when another is started. */
const MOST_IMPORTS = 4
const MOST_BYTES = 4 * MOST_FILE_BYTES

export type Imports = ReturnType<typeof createImports>

export function createImports(world: World, directory: string) {
  const open = new Map<string, Import>()
  let ready: Promise<void> | null = null
  let last: Promise<unknown> = Promise.resolve()

  /** What an earlier process left there belongs to nobody. */
  function emptied(): Promise<void> {
    ready ??= rm(directory, { recursive: true, force: true })
      .then(() => mkdir(directory, { recursive: true }))
      .then(() => undefined)
    return ready
  }

  function drop(each: Import): void {
    open.delete(each.id)
    each.ending.abort(new Error('the import was ended'))
    inTurn(() => rm(each.folder, { recursive: true, force: true })).catch((error: unknown) => world.report(error, 'import'))
  }

  function sweep(): void {
    for (const each of open.values()) if (world.now() - Date.parse(each.startedAt) >= DAY && each.progress === null) drop(each)
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }

  /** A job's end is in the import's state: nobody waits for it. */
  function run(of: Import, progress: Progress, work: (done: (done: number, of: number) => void) => Promise<void>): void {
    of.jobs += 1
    of.progress ??= progress
    of.fault = null
    inTurn(async () => {
      of.ending.signal.throwIfAborted()
      of.progress = progress
      await work((done, total) => {
        of.progress = { ...progress, done, of: total }
      })
    })
      .catch((error: unknown) => {
        if (!of.ending.signal.aborted) of.fault = faultOf(error)
      })
      .finally(() => {
        of.jobs -= 1
        if (of.jobs === 0) of.progress = null
      })
  }

  function faultOf(error: unknown): ImportFault {
    if (error instanceof Unfit) return error.fault
    if (error instanceof LogBusy) return { type: 'busy' }
    const reference = format(world.random(16), 4)
    world.report(error, reference)
    return { type: 'fault', reference }
  }

  function read(of: Import, file: OpenFile): void {
    file.table = null
    Object.assign(file.facts, { status: 'reading', fault: null, columns: [], rows: 0 } satisfies Partial<FileFacts>)
    of.guess = null
    of.preview = null
    const { asked } = file
    run(of, { phase: 'reading', file: file.facts.name, done: 0, of: 0 }, async (done) => {
      // It was asked for in another way, or taken away, while it waited.
      if (file.asked !== asked || of.files.get(file.facts.name) !== file) return
      await readOne(of, file, done)
      if ([...of.files.values()].every(({ facts }) => facts.status !== 'reading')) await guessFor(of)
    })
  }

  async function readOne(of: Import, file: OpenFile, done: (done: number, of: number) => void): Promise<void> {
    const { facts, asked, path, rows } = file
    const { signal } = of.ending
    try {
      const encoding = asked.encoding ?? facts.encoding ?? (await encodingOf(path))
      const delimiter = asked.delimiter ?? (await delimiterOf(path, encoding))
      if (facts.kind === 'csv') Object.assign(facts, { encoding, delimiter })
      const found = await readFile({
        file: path,
        into: rows,
        kind: facts.kind,
        encoding,
        delimiter,
        sheet: asked.sheet ?? null,
        headerRow: asked.headerRow ?? null,
        signal,
        read: (bytes) => done(bytes, facts.size),
      })
      const { columns, headerRow, sheets, sheet } = found
      file.table = { file: facts.name, rows: found.rows, columns, path: rows, kind: facts.kind }
      const shown = columns.map(({ name, profile }) => ({ name, examples: [...profile.different].slice(0, 5).map((text) => text.slice(0, 80)) }))
      Object.assign(facts, { status: 'ready', headerRow, sheets, sheet, columns: shown, rows: found.rows } satisfies Partial<FileFacts>)
    } catch (error) {
      // It was taken away, or replaced, while it was read: nobody waits for it.
      if (of.files.get(facts.name) !== file) return
      if (!(error instanceof Faulty)) {
        Object.assign(facts, { status: 'faulty', fault: { type: 'broken' } } satisfies Partial<FileFacts>)
        throw error
      }
      Object.assign(facts, { status: 'faulty', fault: error.fault } satisfies Partial<FileFacts>)
    }
  }

  async function guessFor(of: Import): Promise<void> {
    const tables = [...tablesOf(of).values()]
    const [known, sources] = await world.log.read(async (tx) => [await recall(tx, of.site, tables), await tx.mappingSources(of.site, 50)] as const)
    of.sources = sources
    const fresh = guess(tables)
    const mapping = known ?? (fresh && { ...fresh, source: sourceNamed(fresh.base) })
    of.guess = mapping && { mapping, remembered: known !== null }
  }

  return {
    async start(actor: Actor): Promise<Import> {
      await emptied()
      sweep()
      const mine = [...open.values()].filter((each) => each.site === actor.site && each.person === actor.person && each.progress === null)
      for (const each of mine.slice(0, Math.max(0, mine.length - MOST_IMPORTS + 1))) drop(each)
      const started = begin(actor, format(world.random(16), 4), directory, world.now())
      await mkdir(started.folder, { recursive: true })
      open.set(started.id, started)
      return started
    },

    /** Of the caller's own site; anything else is not there at all. */
    find(site: string, id: string): Import | null {
      sweep()
      const found = open.get(id)
      return found?.site === site ? found : null
    },

    end: drop,

    /** Where the bytes of another file may go, or why none may come. */
    place(of: Import, name: string): { path: string } | 'too-many-files' | 'too-large' {
      const others = [...of.files.values()].filter(({ facts }) => facts.name !== name)
      if (others.length >= MOST_FILES) return 'too-many-files'
      if (others.reduce((sum, { facts }) => sum + facts.size, 0) >= MOST_BYTES) return 'too-large'
      of.made += 1
      return { path: join(of.folder, `file-${of.made}`) }
    },

    /** The bytes are there: what is it? It is read in its turn. */
    async add(of: Import, name: string, path: string, size: number): Promise<FileFacts | { wrong: WrongFile }> {
      const kind = await kindOf(path, of.ending.signal)
      if ('wrong' in kind) {
        await rm(path, { force: true })
        return kind
      }
      const before = of.files.get(name)
      const file = opened({ name, size, kind: kind.kind }, path)
      // The one that it replaces is nobody's any more before its bytes go: it may be being read.
      of.files.set(name, file)
      read(of, file)
      if (before) await forget(before)
      return file.facts
    },

    choose(of: Import, file: OpenFile, choice: FileChoice): FileFacts {
      file.asked = { ...file.asked, ...choice }
      // Another encoding may part its lines in another way.
      if (choice.encoding && !choice.delimiter) delete file.asked.delimiter
      read(of, file)
      return file.facts
    },

    async remove(of: Import, file: OpenFile): Promise<void> {
      of.files.delete(file.facts.name)
      of.preview = null
      await forget(file)
      await guessFor(of)
    },

    preview(of: Import, mapping: Mapping, site: SiteRow): void {
      of.preview = null
      of.taken = null
      const tables = tablesOf(of)
      run(of, { phase: 'previewing', file: null, done: 0, of: 0 }, async (done) => {
        const broken = [...of.files.values()].find(({ facts }) => facts.status === 'faulty' && uses(mapping, facts.name))
        if (broken) throw new Unfit({ type: 'file-faulty', file: broken.facts.name })
        const report = await preview({ mapping, tables, site, into: stored(of), now: of.startedAt, log: world.log, signal: of.ending.signal, done })
        of.preview = { mapping, report, tables }
      })
    },

    take(of: Import, shown: NonNullable<Import['preview']>, actor: Actor, site: SiteRow): void {
      const { report } = shown
      run(of, { phase: 'taking', file: null, done: 0, of: report.orders + report.alreadyHere }, async (done) => {
        of.taken = await take({
          import: of.id,
          orders: stored(of).orders,
          of: report.orders + report.alreadyHere,
          actor,
          site,
          app: world.app,
          log: world.log,
          hub: world.hub,
          random: world.random,
          now: world.now,
          signal: of.ending.signal,
          report: (error) => world.report(error, 'poison'),
          done,
        })
        const usedAt = new Date(world.now()).toISOString()
        const row = { ...keep(shown.mapping, shown.tables), site: site.id, person: actor.person, usedAt }
        await world.log.write((tx) => tx.saveMapping(row))
      })
    },

    problems: (of: Import): string => stored(of).problems,
  }
}
