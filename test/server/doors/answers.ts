/** What holds for every answer, whatever was asked: it is no fault, a 'no' is a problem, and what changed has a verdict. */
import { join } from 'node:path'
import { expect } from 'vitest'
import { connect } from '../../../server/log/sqlite/connection.ts'
import type { Yard } from './yard.ts'

/** One seed for a run of the tests; another by FUZZ_SEED, as a failure prints it. */
const { FUZZ_SEED = '20261124' } = process.env
export const SEED = Number(FUZZ_SEED)
/** An answer that takes longer is a hang. */
export const DEADLINE_MS = 10_000

/** A stream's beginning, anything else to its end. */
export async function readAnswer(response: Response): Promise<string> {
  if (response.headers.get('Content-Type') !== 'text/event-stream') return response.text()
  const reader = response.body?.getReader()
  const chunk = await reader?.read()
  await reader?.cancel()
  return new TextDecoder().decode(chunk?.value)
}

export async function expectAnswer({ floor }: Pick<Yard, 'floor'>, method: string, response: Response): Promise<string> {
  const text = await readAnswer(response)
  expect([response.status, ...floor.faults.splice(0).map(inspectError)]).toEqual([response.status])
  expect(response.status).not.toBe(500)
  expectGuarded(response)
  if (response.status >= 400 && method !== 'HEAD') expectProblem(response, text)
  return text
}

const POLICY = new Set(
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'".split('; '),
)
/** The headers that keep foreign script, frames and guesses out: on every answer, whatever it is. */
export function expectGuarded({ status, headers }: Response): void {
  expect([status, new Set(headers.get('Content-Security-Policy')?.split('; '))]).toEqual([status, POLICY])
  expect([status, headers.get('X-Content-Type-Options'), headers.get('X-Frame-Options'), headers.get('Referrer-Policy')]).toEqual([status, 'nosniff', 'DENY', 'no-referrer'])
  for (const name of ['Cross-Origin-Opener-Policy', 'Cross-Origin-Resource-Policy']) expect([status, name, headers.get(name)]).toEqual([status, name, 'same-origin'])
  for (const name of ['Access-Control-Allow-Origin', 'Server', 'X-Powered-By', 'Set-Cookie']) expect([status, name, headers.get(name)]).toEqual([status, name, null])
}

const inspectError = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error))

/** RFC 9457. */
export function expectProblem({ status, headers }: Response, text: string): void {
  expect([status, headers.get('Content-Type')]).toEqual([status, 'application/problem+json'])
  expect(JSON.parse(text)).toMatchObject({ type: expect.stringMatching(/^[a-z-]+$/), title: expect.stringMatching(/./), detail: expect.stringMatching(/./), status })
}

type Standing = { version: number; sum: number }
/** Reads the tables beside the server, as they are on the disk. */
export function watchDocs({ floor }: Yard) {
  const db = connect(join(floor.folder.path, 'log.sqlite'), 'read')
  const standings = () => new Map((db.prepare('select site, id, version, sum from doc').all() as (Standing & { site: string; id: string })[]).map(({ site, id, version, sum }) => [`${site}/${id}`, { version, sum }]))
  let before = standings()
  return {
    /** Each step of each doc that changed since was made by an accepted command, or by a supervisor at a door that said yes. */
    expectVerdicts(status: number): void {
      const after = standings()
      for (const [name, { version, sum }] of after) {
        const was = before.get(name) ?? { version: 0, sum: 0 }
        if (was.version === version && was.sum === sum) continue
        const [site, id] = [name.slice(0, name.indexOf('/')), name.slice(name.indexOf('/') + 1)]
        const steps = db
          .prepare(
            `select e.version, c.verdict, json_extract(e.event, '$.type') as type, json_extract(e.event, '$.act.by') as by
             from event e left join command c on c.site = e.site and c.id = e.command
             where e.site = ? and e.doc = ? and e.version > ? order by e.version`,
          )
          .all(site, id, was.version) as { version: number; verdict: string | null; type: string; by: string | null }[]
        expect([name, status, steps.map((step) => step.version)]).toEqual([name, status, Array.from({ length: version - was.version }, (_, i) => was.version + 1 + i)])
        for (const { verdict, type, by } of steps) {
          if (type === 'BodyPut') expect([name, status < 300, by]).toEqual([name, true, expect.stringMatching(/./)])
          else expect([name, type, verdict]).toEqual([name, type, 'accepted'])
        }
        expect([name, steps.length > 0, version]).toEqual([name, true, version])
      }
      for (const name of before.keys()) expect([name, after.has(name)]).toEqual([name, true])
      before = after
    },
    end: () => db.close(),
  }
}
