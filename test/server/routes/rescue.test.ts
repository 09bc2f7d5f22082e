import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Phone, staffedFloor } from '../floor.ts'

describe('how often rescue may be knocked at', () => {
  let all: Awaited<ReturnType<typeof staffedFloor>>
  let phone: Phone
  beforeEach(async () => {
    all = await staffedFloor()
    phone = all.phone
  })
  afterEach(() => all.floor.end())
  const rescue = (call: { token?: string; from?: string } = {}) => all.floor.call('POST', '/api/rescue', { body: 'no file', ...call })
  const many = async (times: number, call: Parameters<typeof rescue>[0]) => {
    for (let i = 0; i < times; i++) expect([i, (await rescue(call)).status]).toEqual([i, 422])
  }

  test('one stranger’s address can’t take every stranger’s turn, and all of them together can’t fill the disk', async () => {
    await many(60, { from: '10.0.0.1' })
    const stopped = await rescue({ from: '10.0.0.1' })
    expect([stopped.status, stopped.headers.get('Retry-After'), await stopped.json()]).toMatchObject([429, '3600', { type: 'too-many' }])
    await many(60, { from: '10.0.0.2' })
    await many(60, { from: '10.0.0.3' })
    expect((await rescue({ from: '10.0.0.4' })).status).toBe(429)
    all.floor.clock.now += 3_600_000
    expect((await rescue({ from: '10.0.0.1' })).status).toBe(422)
  })

  test('an enrolled device, locked out or not, has turns of its own, and each device its own', async () => {
    await many(60, { from: '10.0.0.1' })
    await all.floor.log.write((tx) => tx.saveDevice(phone.id, { revokedAt: new Date(all.floor.clock.now).toISOString() }))
    await many(300, { from: '10.0.0.1', token: phone.token })
    expect((await rescue({ from: '10.0.0.1', token: phone.token })).status).toBe(429)
    await many(1, { from: '10.0.0.1', token: all.desk.token })
  })
})
