/** /api/imports: files of orders come in, are looked at, and are taken or not (shared/import/wire.ts says what the doors give). */
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import { FileChoice, Mapping, MOST_FILE_BYTES, MOST_FILES, type Started } from '../../shared/import/wire.ts'
import type { Role } from '../../shared/people/role.ts'
import { format } from '../../shared/sync/id.ts'
import { createImports } from '../import/imports.ts'
import type { Import } from '../import/state.ts'
import { fileIn, listIn, stateIn } from '../import/words.ts'
import type { SiteRow } from '../log/log.ts'
import type { World } from '../world.ts'
import { piecesOf, readJson } from './body.ts'
import { type PersonEnv, signedIn } from './caller.ts'
import { languageOf, problem } from './problem.ts'

/** Who may place an order may import some. */
const DESK: Role[] = ['sales', 'service', 'service-supervisor']

export function importRoutes(world: World) {
  const imports = createImports(world, world.imports ?? join(tmpdir(), `countersign-imports-${format(world.random(16), 4)}`))
  const desk = signedIn(world, ...DESK)
  type Call = Context<PersonEnv>

  function found(c: Call): Import {
    const each = imports.find(c.get('actor').site, c.req.param('id') ?? '')
    if (!each) throw problem(404, 'import-gone')
    return each
  }
  /** Nothing changes under a job that reads it. */
  function idle(c: Call): Import {
    const each = found(c)
    if (each.progress && each.progress.phase !== 'reading') throw problem(409, 'import-busy')
    return each
  }
  function fileOf(c: Call, of: Import) {
    const name = c.req.param('name') ?? ''
    const file = of.files.get(name)
    if (!file) throw problem(404, 'no-file', { name })
    return file
  }
  async function siteOf(c: Call): Promise<SiteRow> {
    const { site: id } = c.get('actor')
    const site = await world.log.read((tx) => tx.site(id))
    if (!site) throw new Error(`no site ${id}`)
    return site
  }
  const state = (c: Call, of: Import, status: 200 | 202 = 200) => c.json(stateIn(languageOf(c), of), status)

  return new Hono<PersonEnv>()
    .post('/api/imports', desk, async (c) => {
      const { id } = await imports.start(c.get('actor'))
      return c.json({ id } satisfies Started, 201)
    })
    .get('/api/imports/:id', desk, (c) => state(c, found(c)))
    .put('/api/imports/:id/files/:name', desk, async (c) => {
      const of = idle(c)
      const name = c.req.param('name')
      if (name.length > 200) throw problem(400, 'malformed', { path: 'name', message: name })
      const place = imports.place(of, name)
      if (place === 'too-many-files') throw problem(413, 'too-many-files', { most: MOST_FILES })
      if (place === 'too-large') throw problem(413, 'too-large', { limit: MOST_FILE_BYTES })
      const size = await keep(c, place.path)
      const added = await imports.add(of, name, place.path, size)
      if ('wrong' in added) throw problem(422, `file-${added.wrong}`, { name })
      return c.json(fileIn(languageOf(c), added))
    })
    .patch('/api/imports/:id/files/:name', desk, async (c) => {
      const of = idle(c)
      const file = fileOf(c, of)
      const choice = shaped(FileChoice, await readJson(c))
      return c.json(fileIn(languageOf(c), imports.choose(of, file, choice)))
    })
    .delete('/api/imports/:id/files/:name', desk, async (c) => {
      const of = idle(c)
      await imports.remove(of, fileOf(c, of))
      return c.body(null, 204)
    })
    .post('/api/imports/:id/preview', desk, async (c) => {
      const of = found(c)
      const mapping = shaped(Mapping, await readJson(c))
      const site = await siteOf(c)
      if (of.progress) throw problem(409, 'import-busy')
      imports.preview(of, mapping, site)
      return state(c, of, 202)
    })
    .post('/api/imports/:id/take', desk, async (c) => {
      const of = found(c)
      const site = await siteOf(c)
      // It is under way, or done: what came of it the first time is said again.
      if ((of.preview && of.taken) || of.progress?.phase === 'taking') return state(c, of, 202)
      if (of.progress) throw problem(409, 'import-busy')
      if (!of.preview) throw problem(409, 'import-empty')
      imports.take(of, of.preview, c.get('actor'), site)
      return state(c, of, 202)
    })
    .get('/api/imports/:id/problems.csv', desk, (c) => {
      const of = found(c)
      if (!of.preview) throw problem(409, 'import-empty')
      const text = Readable.from(listIn(languageOf(c), imports.problems(of), of.ending.signal))
      return c.body(Readable.toWeb(text).pipeThrough(new TextEncoderStream()) as ReadableStream<Uint8Array>, 200, { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': 'attachment; filename="problems.csv"' })
    })
    .delete('/api/imports/:id', desk, (c) => {
      imports.end(found(c))
      return c.body(null, 204)
    })
}

function shaped<S extends z.ZodMiniType>(schema: S, body: unknown): z.infer<S> {
  const read = z.safeParse(schema, body)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  throw problem(400, 'malformed', { path: issue?.path.map(String).join('.') ?? '', message: issue?.message ?? '' })
}

/** Onto the disk, chunk by chunk; whatever Content-Length said, it ends at the bound. */
async function keep(c: Context, path: string): Promise<number> {
  const tooLarge = () => problem(413, 'too-large', { limit: MOST_FILE_BYTES })
  if (Number(c.req.header('Content-Length') ?? 0) > MOST_FILE_BYTES) throw tooLarge()
  const handle = await open(path, 'w')
  let size = 0
  try {
    for await (const chunk of piecesOf(c)) {
      size += chunk.byteLength
      if (size > MOST_FILE_BYTES) throw tooLarge()
      await handle.appendFile(chunk)
    }
    return size
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await handle.close()
  }
}
