/** Questions that only the server answers, and that nobody answers: no screen waits for ever. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApp, effectScope } from 'vue'
import { ask } from '../../client/api.ts'
import { deviceKey } from '../../client/live/device.ts'
import { useHistory } from '../../client/orders/history.ts'
import { findPicture } from '../../client/photos/find.ts'
import { form } from '../server/floor.ts'
import { until } from '../support/open-phone.ts'
import { type Crew, type Fetch, openCrew } from './crew.ts'

let crew: Crew
beforeEach(async () => {
  crew = await openCrew()
})
afterEach(async () => {
  vi.unstubAllGlobals()
  await crew.end()
})
const silent = (of: (path: string) => boolean) => (fetch: Fetch): Fetch => (path, init) => (of(path) ? new Promise((_, no) => init?.signal?.addEventListener('abort', () => no(new Error('aborted')))) : fetch(path, init))

test.each([
  ['a question', async (phone: Awaited<ReturnType<Crew['phone']>>) => ask(phone.device, '/api/devices'), { ok: false, offline: true }],
  ['a photograph', async (phone: Awaited<ReturnType<Crew['phone']>>) => findPicture(phone.device, 'a'.repeat(64), 'o1'), null],
])('%s that is never answered has no answer after half a minute', async (_, asks, none) => {
  const phone = await crew.phone('phone', 'clerk', { between: silent((path) => /\/api\/(devices|blobs)/.test(path)) })
  let answer: unknown = 'waits'
  void asks(phone).then((came) => (answer = came))
  await phone.turn(29_000)
  expect(answer).toBe('waits')
  await phone.turn(2000)
  await until(() => answer !== 'waits')
  expect(answer).toEqual(none)
})

test('a history that a proxy answered for once is asked for again while the device is in touch', async () => {
  let asked = 0
  const phone = await crew.phone('phone', 'clerk', {
    between: (fetch) => (path, init) => {
      if (!path.endsWith('/history')) return fetch(path, init)
      asked += 1
      return asked === 1 ? Promise.resolve(new Response('<h1>502</h1>', { status: 502, headers: { 'Content-Type': 'text/html' } })) : fetch(path, init)
    },
  })
  await phone.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
  await phone.sync()
  const scope = effectScope()
  const history = createApp({}).provide(deviceKey, phone.device).runWithContext(() => scope.run(() => useHistory(() => ({ order: 'o1', version: 1, waiting: 0, here: false }))))
  await until(() => history?.state.value === 'offline')
  await phone.turn(20_000)
  await until(() => history?.state.value === 'here')
  expect(asked).toBe(2)
  scope.stop()
})
