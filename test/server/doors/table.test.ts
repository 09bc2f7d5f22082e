import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readGrant } from '../../../shared/people/grant.ts'
import { ROLES } from '../../../shared/people/role.ts'
import { expectGuarded } from './answers.ts'
import { type Asked, methodOf, REQUESTS, requestOf } from './requests.ts'
import { cells, columns, doors } from './table.ts'
import { authorised, openYard, statusOf, type Yard } from './yard.ts'

let yard: Yard
beforeAll(async () => {
  yard = await openYard()
})
afterAll(() => yard.end())

describe('the table of doors in server/README.md', () => {
  test('names every door of the app, and none that is not there', () => {
    const registered = new Set(yard.floor.app.routes.map(({ method, path }) => `${method} ${path.replace(/\{.*\}$/, '')}`))
    // Whoever takes GET takes HEAD: the app answers both by one door.
    const told = doors.map((door) => (registered.has(door) ? door : door.replace(/^HEAD /, 'GET ')))
    expect([...new Set(told)].toSorted()).toEqual([...registered].toSorted())
    expect(Object.keys(REQUESTS).toSorted()).toEqual([...doors].toSorted())
  })

  test('has a column for every role and for each kind of caller besides', () => {
    expect(columns.flat().toSorted()).toEqual([...ROLES, 'elsewhere', 'device', 'nobody', 'device locked out', 'person let go'].toSorted())
  })

  test('no address carries a secret: what stands in one is a name that may be seen', () => {
    const named = doors.flatMap((door) => door.match(/:\w+/g) ?? [])
    expect([...new Set(named)].toSorted()).toEqual([':id', ':name', ':scope', ':sha256'])
  })
})

describe.each(doors)('%s', (door) => {
  test.each(cells.filter((cell) => cell.door === door))('answers $caller with $status', async ({ method, caller: name, status }) => {
    const caller = yard.caller(name)
    const { path, call } = await requestOf(door).ask(yard, caller)
    const response = await yard.floor.call(methodOf(method), path, authorised(caller, call))
    expect(await statusOf(response)).toBe(status)
    expectGuarded(response)
    if (path.startsWith('/api/')) expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(yard.floor.faults).toEqual([])
  })
})

/** Where the device alone is not enough: what it gets when nobody is signed in on it. */
const personal = cells.filter(({ caller, status, door }) => caller === 'device' && status === 401 && door.includes('/api/'))

describe.each(personal)('$door', ({ door, method }) => {
  let asked: Asked
  beforeAll(async () => {
    asked = await requestOf(door).ask(yard, yard.caller('supervisor'))
  })
  const ask = ({ query = '', ...who }: { token?: string; grant?: string; query?: string }) =>
    statusOf(yard.floor.call(methodOf(method), `${asked.path}${asked.path.includes('?') ? '&' : '?'}${query}`, { ...asked.call, ...who }))

  test('takes no grant of another device, of another site, or that somebody touched', async () => {
    const { token, grant } = yard.caller('supervisor')
    for (const other of ['service', 'elsewhere', 'device locked out']) expect([other, await ask({ token, grant: yard.caller(other).grant })]).toEqual([other, 401])
    const [body = '', signature = ''] = grant.split('.')
    const raised = Buffer.from(Buffer.from(body, 'base64url').toString().replace('"supervisor"', '"sales","supervisor"')).toString('base64url')
    for (const forged of [`${raised}.${signature}`, `${body}.`, body, `${body}.${signature.slice(0, -2)}`, `${body}.${Buffer.alloc(32).toString('base64url')}`, `${grant}.x`])
      expect([forged, await ask({ token, grant: forged })]).toEqual([forged, 401])
  })

  test('takes no credentials from the address', async () => {
    const { token, grant } = yard.caller('supervisor')
    const query = `token=${encodeURIComponent(token)}&access_token=${encodeURIComponent(token)}&grant=${encodeURIComponent(grant)}`
    expect(await ask({ query })).toBe(401)
    expect(await ask({ token, query })).toBe(401)
  })

  test('takes no grant whose shift is over', async () => {
    const { token, grant } = yard.caller('supervisor')
    const running = readGrant(grant)
    if (!running) throw new Error('the supervisor has no grant')
    const over = await yard.floor.grants.sign({ ...running, until: new Date(yard.floor.clock.now).toISOString() })
    expect(await ask({ token, grant: over })).toBe(401)
  })
})
