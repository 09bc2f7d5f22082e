import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHub } from '../../../server/sync/hub.ts'
import { putBodies } from '../../../server/sync/put.ts'
import type { StreamEvent } from '../../../shared/sync/wire.ts'
import { settled } from '../../support/open-phone.ts'
import { form, staffedFloor } from '../floor.ts'

let all: Awaited<ReturnType<typeof staffedFloor>>
beforeEach(async () => {
  all = await staffedFloor()
})
afterEach(() => all.floor.end())

test('who can not be told of a change is cut off, comes back and hears where the scope stands', async () => {
  const { log } = all.floor
  let fails = false
  const faults: unknown[] = []
  const hub = createHub({ ...log, read: (work) => (fails ? Promise.reject(new Error('the disk')) : log.read(work)) }, (error) => faults.push(error))
  const told: StreamEvent[] = []
  let ended = 0
  const listen = () => hub.listen({ site: 'north', scopes: ['site:north'], device: 'x', person: 'p', tell: (event) => told.push(event), end: () => (ended += 1) })
  await listen()
  await settled()
  await all.desk.sync([all.desk.command('PlaceOrder', 'o1', form('N-1'))])
  fails = true
  hub.poke(new Map([['site:north', 1]]))
  await settled()
  expect([ended, faults.length, told.length]).toEqual([1, 1, 1])
  fails = false
  await listen()
  expect(told.at(-1)).toMatchObject({ type: 'poke', head: (await log.read((tx) => tx.scope('site:north'))).head })
})

test('what the server did itself nobody foresaw: who listens is given it', async () => {
  const { log } = all.floor
  const by = { by: '', name: '', at: '2026-11-24T08:00:00.000Z', device: '', command: 'change' }
  const named = (name: string) => log.write((tx) => putBodies(tx, 'north', [{ kind: 'person', id: 'p1', site: 'north', name, roles: ['driver'], active: true }], by))
  await named('before')
  const hub = createHub(log, (error) => expect(error).toBeNull())
  const told: StreamEvent[] = []
  await hub.listen({ site: 'north', scopes: ['people:north'], device: 'x', person: 'p', tell: (event) => told.push(event), end: () => undefined })
  await settled()
  hub.poke(await named('after'))
  await settled()
  expect(told.flatMap((event) => (event.type === 'ops' ? event.ops : []))).toMatchObject([{ put: { body: { id: 'p1', name: 'after' } } }])
})
