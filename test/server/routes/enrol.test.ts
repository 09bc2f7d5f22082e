import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ReadTx } from '../../../server/log/log.ts'
import type { Enrolled, NewCode } from '../../../shared/people/wire.ts'
import { type Floor, openFloor, Phone } from '../floor.ts'

describe('enrolment', () => {
  let floor: Floor
  let desk: Phone
  beforeEach(async () => {
    floor = await openFloor()
    await floor.foundSite('north')
    const boss = await floor.employ('north', 'boss', '1234', 'supervisor')
    desk = new Phone(floor, await floor.device('north', 'desk'))
    await desk.signIn(boss)
  })
  afterEach(() => floor.end())
  const newCode = async () => (await (await desk.call('POST', '/api/codes')).json()) as NewCode
  const enrol = (code: string, publicKey = '') => floor.call('POST', '/api/enrol', { body: { code, device: { name: '手機', publicKey } } })

  test('the code on the supervisor’s screen lets one phone in, which is told its site and who works there', async () => {
    const { code, expiresAt } = await newCode()
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(expiresAt).toBe('2026-11-24T08:10:00.000Z')
    const response = await enrol(code, 'c3BraQ==')
    expect(response.status).toBe(201)
    const phone = (await response.json()) as Enrolled
    expect(phone).toMatchObject({ device: { number: 2, name: '手機' }, site: { id: 'north', zone: 'Asia/Taipei' }, people: [{ id: 'boss', roles: ['supervisor'] }] })
    expect(await (await floor.call('GET', '/api/site', { token: phone.token })).json()).toEqual({ site: phone.site, people: phone.people, sealKey: phone.sealKey })
    expect(await floor.log.read((tx) => tx.device(phone.device.id))).toMatchObject({ publicKey: 'c3BraQ==', site: 'north', lastSeq: 0 })
  })

  test('what it will load of its site is read before it asks, and a code that opens nothing has nothing read', async () => {
    const { read } = floor.log
    const scopes: string[] = []
    const seen = (tx: ReadTx): ReadTx => ({
      ...tx,
      docsOfScope: (scope, ...rest) => {
        scopes.push(scope)
        return tx.docsOfScope(scope, ...rest)
      },
    })
    floor.log.read = (work) => read((tx) => work(seen(tx)))
    await enrol('wrong')
    expect(scopes).toEqual([])
    await enrol((await newCode()).code)
    await expect.poll(() => scopes).toEqual(['site:north'])
  })

  test('a code opens once, even for two phones that come together', async () => {
    const { code } = await newCode()
    const both = await Promise.all([enrol(code), enrol(code)])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 403])
    expect(await (await enrol(code)).json()).toMatchObject({ status: 403, type: 'used-code' })
    expect(await floor.log.read((tx) => tx.devices('north'))).toHaveLength(2)
  })

  test('who asks again with the same code and key, because the answer was lost, is the same device; nobody else is, nor once it has spoken', async () => {
    const { code } = await newCode()
    const first = (await (await enrol(code, 'c3BraQ==')).json()) as Enrolled
    const lost = await enrol(code, 'c3BraQ==')
    expect(lost.status).toBe(201)
    const again = (await lost.json()) as Enrolled
    expect(again.device).toEqual(first.device)
    expect((await floor.call('GET', '/api/site', { token: again.token })).status).toBe(200)
    expect((await floor.call('GET', '/api/site', { token: first.token })).status).toBe(401)
    for (const key of ['', 'b3RoZXI=']) expect(await (await enrol(code, key)).json()).toMatchObject({ status: 403, type: 'used-code' })
    const other = await newCode()
    await enrol(other.code, '')
    expect(await (await enrol(other.code, '')).json()).toMatchObject({ type: 'used-code' })
    const phone = new Phone(floor, { id: again.device.id, site: 'north', token: again.token })
    await phone.signIn({ id: 'boss', site: 'north', roles: ['supervisor'] })
    await phone.sync()
    expect(await (await enrol(code, 'c3BraQ==')).json()).toMatchObject({ type: 'used-code' })
    floor.clock.now += 600_000
    expect((await enrol(code, 'c3BraQ==')).status).toBe(403)
    expect(await floor.log.read((tx) => tx.devices('north'))).toHaveLength(3)
  })

  test('who shows the token of before is the same device under a new name; who was locked out, or was of another site, is not', async () => {
    const earlier = async (token: string) => {
      const response = await floor.call('POST', '/api/enrol', { token, body: { code: (await newCode()).code, device: { name: '手機', publicKey: '' }, unsent: 0 } })
      const { device } = (await response.json()) as Enrolled
      return (await floor.log.read((tx) => tx.device(device.id)))?.forkOf
    }
    const phone = await floor.device('north', 'phone')
    const south = await floor.device(await floor.foundSite('south'), 'south-phone')
    expect(await earlier(phone.token)).toBe('phone')
    expect(await earlier(south.token)).toBeNull()
    expect(await earlier('nobody')).toBeNull()
    await desk.call('PATCH', '/api/devices/phone', { body: { name: 'phone', revoked: true } })
    expect(await earlier(phone.token)).toBeNull()
  })

  test('a grant shows who a device was only if it is ours, of this site, and of a device that is not here any more', async () => {
    const boss = { id: 'boss', site: 'north', roles: ['supervisor'] as const }
    const earlier = async (device: string, site = 'north', forged = '') => {
      const shown = new Phone(floor, { id: device, site, token: '' })
      const grant = await shown.signIn(boss)
      const response = await floor.call('POST', '/api/enrol', { grant: `${shown.grants[grant]}${forged}`, body: { code: (await newCode()).code, device: { name: '手機', publicKey: '' } } })
      return (await floor.log.read(async (tx) => tx.device(((await response.json()) as Enrolled).device.id)))?.forkOf
    }
    expect(await earlier('forgotten')).toBe('forgotten')
    expect(await earlier('forgotten', 'north', 'x')).toBeNull()
    expect(await earlier('forgotten', 'south')).toBeNull()
    expect(await earlier('desk')).toBeNull()
  })

  test('a code ends after ten minutes', async () => {
    const { code } = await newCode()
    floor.clock.now += 600_000
    expect(await (await enrol(code)).json()).toMatchObject({ status: 403, type: 'expired-code' })
  })

  test('a set-up code lets no device in', async () => {
    expect(await (await enrol(await floor.setupCode())).json()).toMatchObject({ status: 403, type: 'unknown-code' })
  })

  test('many phones enrol from one address; only wrong codes are counted', async () => {
    for (let i = 0; i < 25; i++) expect((await enrol((await newCode()).code)).status).toBe(201)
    for (let i = 0; i < 20; i++) expect((await enrol('wrong')).status).toBe(403)
    expect((await enrol((await newCode()).code)).status).toBe(429)
  })

  test('a proxy on this machine says who calls; nobody else is believed', async () => {
    const wrong = (from: string, through: string) =>
      floor.call('POST', '/api/enrol', { body: { code: 'wrong', device: { name: 'x', publicKey: '' } }, from, headers: { 'X-Forwarded-For': through } })
    for (let i = 0; i < 20; i++) expect((await wrong('127.0.0.1', '192.168.1.5')).status).toBe(403)
    expect((await wrong('127.0.0.1', '192.168.1.5')).status).toBe(429)
    expect((await wrong('127.0.0.1', '192.168.1.6')).status).toBe(403)
    for (let i = 0; i < 20; i++) await wrong('10.9.9.9', `192.168.2.${i}`)
    expect((await wrong('10.9.9.9', '192.168.2.99')).status).toBe(429)
  })

  test('only a supervisor makes codes, and neither codes nor tokens lie readable in the log', async () => {
    const picker = await floor.employ('north', 'picker', '5678', 'warehouse')
    const phone = new Phone(floor, await floor.device('north', 'phone'))
    await phone.signIn(picker)
    expect((await phone.call('POST', '/api/codes')).status).toBe(403)
    const { code } = await newCode()
    const { token } = (await (await enrol(code)).json()) as Enrolled
    await floor.log.close()
    const { readFileSync } = await import('node:fs')
    const { join } = await import('node:path')
    const bytes = readFileSync(join(floor.folder.path, 'log.sqlite')).toString('latin1')
    expect(bytes).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
    for (const secret of [code, code.replace('-', ''), token]) expect(bytes.includes(secret)).toBe(false)
  })
})
