/** No PIN, token, grant or code is in anything the server reports or answers by mistake, whatever breaks under it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { inspect } from 'node:util'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../../server/log/sqlite/connection.ts'
import { readAnswer } from './doors/answers.ts'
import { type Asked, methodOf, requestOf } from './doors/requests.ts'
import { doors } from './doors/table.ts'
import { authorised, openYard, PIN, type Yard } from './doors/yard.ts'

/** These give one: to whoever has just proven who they are. */
const GIVING = ['POST /api/enrol', 'POST /api/sign-in', 'POST /api/codes', 'POST /api/devices/fork']
const TABLES = ['person', 'code', 'device', 'grant', 'site', 'doc', 'command', 'quarantine', 'blob', 'scope']

describe('what is secret', () => {
  let yard: Yard
  const asked = new Map<string, Asked>()
  const secrets = new Set<string>([PIN, '$argon2id$'])
  beforeAll(async () => {
    yard = await openYard()
    for (const door of doors) asked.set(door, await requestOf(door).ask(yard, yard.north))
    for (const { token, grant } of yard.callers.values()) for (const secret of [token, grant, ...grant.split('.')]) if (secret !== '') secrets.add(secret)
    for (const { call } of asked.values()) if (typeof call?.body === 'object' && 'code' in (call.body ?? {})) secrets.add(String((call.body as { code: string }).code))
  })
  afterAll(() => yard.end())

  const found = (text: string) => [...secrets].filter((secret) => text.includes(secret))
  async function drive(door: string): Promise<{ status: number; text: string }> {
    // No door is shut for a try that was made before.
    yard.floor.clock.now += 3_600_000
    const { path, call } = asked.get(door) ?? { path: '' }
    const response = await yard.floor.call(methodOf(door.split(' ')[0] ?? ''), path, authorised(yard.north, call))
    const body = await readAnswer(response)
    const { token, grant, code } = (response.headers.get('Content-Type') === 'application/json' ? JSON.parse(body) : {}) as { [name: string]: unknown }
    for (const given of [token, grant, code]) if (typeof given === 'string' && GIVING.includes(door)) secrets.add(given)
    return { status: response.status, text: inspect([...response.headers]) + (GIVING.includes(door) ? '' : body) }
  }

  test('is in no answer of a door that is not there to give it', async () => {
    for (const door of doors) expect([door, found((await drive(door)).text)]).toEqual([door, []])
  })

  test.each(TABLES)('is in nothing that is reported or answered while the table %s is lost', async (table) => {
    const db = connect(join(yard.floor.folder.path, 'log.sqlite'), 'write').handle
    db.prepare(`alter table "${table}" rename to "lost"`).run()
    yard.floor.faults.length = 0
    const statuses: number[] = []
    for (const door of doors) {
      const { status, text } = await drive(door)
      statuses.push(status)
      expect([door, found(text)]).toEqual([door, []])
    }
    db.prepare(`alter table "lost" rename to "${table}"`).run()
    db.close()
    expect([table, statuses.includes(500), yard.floor.faults.length > 0]).toEqual([table, true, true])
    expect(found(inspect(yard.floor.faults, { depth: Number.POSITIVE_INFINITY, showHidden: true, maxArrayLength: null, maxStringLength: null }))).toEqual([])
  })

  test('would be found, if it were there', () => {
    const error = new Error('it broke', { cause: { headers: { authorization: `Bearer ${yard.north.token}` } } })
    expect(found(inspect([error], { depth: Number.POSITIVE_INFINITY, showHidden: true }))).toEqual([yard.north.token])
  })
})

const SERVER = resolve(import.meta.dirname, '../../server')
const sources = readdirSync(SERVER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
  .map((entry) => {
    const path = join(entry.parentPath, entry.name)
    return ts.createSourceFile(path.slice(SERVER.length + 1), readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  })
function nodesOf(node: ts.Node): ts.Node[] {
  const inner: ts.Node[] = []
  ts.forEachChild(node, (child) => {
    inner.push(...nodesOf(child))
  })
  return [node, ...inner]
}

describe('the server’s code', () => {
  test('is all read', () => {
    expect(sources.length).toBeGreaterThan(80)
  })

  test('speaks by `say` and by what main.ts does with a report, nowhere else', () => {
    const speakers = sources.filter((source) => nodesOf(source).some((node) => ts.isPropertyAccessExpression(node) && (node.expression.getText() === 'console' || /^process\.std(out|err)$/.test(node.getText()))))
    expect(speakers.map(({ fileName }) => fileName).toSorted()).toEqual(['main.ts', 'start/say.ts'])
  })

  const SECRET = /^(pin|token|secret|signature|mac|tag|code|came|wanted)$/i
  const nameOf = (node: ts.Node) => (ts.isIdentifier(node) ? node.text : ts.isPropertyAccessExpression(node) ? node.name.text : '')
  const isPlain = (node: ts.Node) => ts.isLiteralExpression(node) || [ts.SyntaxKind.NullKeyword, ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword].includes(node.kind) || node.getText() === 'undefined'
  const EQUALITY = [ts.SyntaxKind.EqualsEqualsToken, ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken]
  test('compares no secret sign by sign: how long that takes tells how much was right', () => {
    const compared = sources.flatMap((source) =>
      nodesOf(source).flatMap((node) => {
        if (!ts.isBinaryExpression(node) || !EQUALITY.includes(node.operatorToken.kind) || isPlain(node.left) || isPlain(node.right)) return []
        return SECRET.test(nameOf(node.left)) || SECRET.test(nameOf(node.right)) ? [`${source.fileName}: ${node.getText()}`] : []
      }),
    )
    expect(compared).toEqual([])
    const constant = sources.filter((source) => nodesOf(source).some((node) => ts.isCallExpression(node) && node.expression.getText() === 'timingSafeEqual'))
    expect(constant.map(({ fileName }) => fileName).toSorted()).toEqual(['people/grant.ts', 'people/phc.ts'])
  })
})
