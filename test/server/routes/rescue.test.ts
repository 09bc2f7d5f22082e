import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { QuarantineCard } from '../../../shared/people/wire.ts'
import { type Phone, staffedFloor } from '../floor.ts'

describe('rescue', () => {
  let all: Awaited<ReturnType<typeof staffedFloor>>
  let phone: Phone
  beforeEach(async () => {
    all = await staffedFloor()
    phone = all.phone
  })
  afterEach(() => all.floor.end())
  const rescue = (call: { token?: string; from?: string; body?: string } = {}) => all.floor.call('POST', '/api/rescue', { body: '[]', ...call })
  const many = async (times: number, call: Parameters<typeof rescue>[0]) => {
    for (let i = 0; i < times; i++) expect([i, (await rescue(call)).status]).toEqual([i, 201])
  }

  test('one stranger’s address can’t take every stranger’s turn, and all of them together can’t fill the disk', async () => {
    await many(20, { from: '10.0.0.1' })
    const stopped = await rescue({ from: '10.0.0.1' })
    expect([stopped.status, stopped.headers.get('Retry-After'), await stopped.json()]).toMatchObject([429, '3600', { type: 'too-many' }])
    await many(20, { from: '10.0.0.2' })
    await many(20, { from: '10.0.0.3' })
    expect((await rescue({ from: '10.0.0.4' })).status).toBe(429)
    all.floor.clock.now += 3_600_000
    expect((await rescue({ from: '10.0.0.1' })).status).toBe(201)
  })

  test('an enrolled device, locked out or not, has turns of its own, and each device its own', async () => {
    await many(20, { from: '10.0.0.1' })
    await all.floor.log.write((tx) => tx.saveDevice(phone.id, { revokedAt: new Date(all.floor.clock.now).toISOString() }))
    await many(60, { from: '10.0.0.1', token: phone.token })
    expect((await rescue({ from: '10.0.0.1', token: phone.token })).status).toBe(429)
    await many(1, { from: '10.0.0.1', token: all.desk.token })
  })

  test('what was rescued can be looked at however much it is: the newest, up to what one answer holds', async () => {
    const megabytes = (n: number, mark: string) => JSON.stringify(mark.padEnd(n * 1024 * 1024, '.'))
    for (const mark of ['first', 'second', 'third', 'fourth']) expect((await rescue({ token: phone.token, body: megabytes(3, mark) })).status).toBe(201)
    await rescue({ token: phone.token, body: '"last"' })
    const cards = (await (await all.desk.call('GET', '/api/quarantine')).json()) as QuarantineCard[]
    expect(cards.map(({ body }) => body.slice(1, 7))).toEqual(['last"', 'fourth', 'third.'])
  })
})
