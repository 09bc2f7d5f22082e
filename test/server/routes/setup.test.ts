import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Enrolled, SignedIn } from '../../../shared/people/wire.ts'
import { readGrant } from '../../../shared/people/grant.ts'
import { docsIn } from '../../support/docs.ts'
import { type Floor, openFloor, Phone } from '../floor.ts'

const form = (code: string) => ({ code, site: '北廠', person: '林主管', pin: '4711', example: false, device: { name: '辦公室', publicKey: '' } })
const HOUR = 3_600_000

describe('set-up', () => {
  let floor: Floor
  beforeEach(async () => {
    floor = await openFloor()
  })
  afterEach(() => floor.end())
  const setUp = (body: unknown, from = '10.0.0.9') => floor.call('POST', '/api/setup', { body, from })
  const ready = async () => ((await (await floor.call('GET', '/api/instance')).json()) as { ready: boolean }).ready

  test('the printed code makes the site, its supervisor and their device, who is signed in at once', async () => {
    expect(await ready()).toBe(false)
    const response = await setUp(form(await floor.setupCode()))
    expect(response.status).toBe(201)
    const reply = (await response.json()) as Enrolled & SignedIn
    expect(reply).toMatchObject({ device: { number: 1, name: '辦公室' }, site: { name: '北廠' }, people: [{ name: '林主管' }] })
    expect(readGrant(reply.grant)).toMatchObject({ site: reply.site.id, device: reply.device.id, until: '2026-11-24T20:00:00.000Z' })
    expect((await floor.call('GET', '/api/people', { token: reply.token, grant: reply.grant })).status).toBe(200)
    expect(await ready()).toBe(true)
  })

  test('the new site and its supervisor reach the device by sync', async () => {
    const { device, token, grant, site } = (await (await setUp(form(await floor.setupCode()))).json()) as Enrolled & SignedIn
    const phone = new Phone(floor, { id: device.id, site: site.id, token })
    const id = readGrant(grant)?.id ?? ''
    phone.grants[id] = grant
    phone.current = id
    const reply = await phone.sync()
    const bodies = reply.scopes[`people:${site.id}`]?.ops.map((op) => ('put' in op ? op.put.body : null))
    expect(bodies).toMatchObject([
      { kind: 'site', name: '北廠', version: 1, workRules: ['promised', 'received'] },
      { kind: 'person', name: '林主管', active: true, version: 1 },
    ])
  })

  test('who wants to try it first gets the example mill under the own name, and is its supervisor too', async () => {
    const reply = (await (await setUp({ ...form(await floor.setupCode()), example: true })).json()) as Enrolled & SignedIn
    expect(reply.site.name).toBe('北廠')
    expect(reply.people.length).toBeGreaterThan(10)
    expect(reply.people.find(({ name }) => name === '林主管')).toMatchObject({ roles: ['supervisor', 'service-supervisor'] })
    const scope = `site:${reply.site.id}`
    expect((await floor.call('GET', `/api/snapshot/${scope}`, { token: reply.token, grant: reply.grant })).status).toBe(200)
    expect((await docsIn(floor.log, scope)).filter(({ body }) => body.kind === 'order')).toHaveLength(200)
    expect(await floor.log.read((tx) => tx.sites())).toHaveLength(1)
  })

  test('a server is set up once: whoever comes later learns so and nothing changes', async () => {
    const [first, second] = [await floor.setupCode(), 'ABCD-EFGH']
    await setUp(form(first))
    for (const code of [first, second]) {
      const again = await setUp({ ...form(code), site: 'thief' })
      expect([again.status, await again.json()]).toMatchObject([409, { type: 'already-set-up' }])
    }
    expect(await floor.log.read((tx) => tx.sites())).toMatchObject([{ name: '北廠' }])
  })

  test('of two people who open the link at the same moment, one gets in', async () => {
    const code = await floor.setupCode()
    const both = await Promise.all([setUp(form(code)), setUp(form(code))])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(await floor.log.read((tx) => tx.sites())).toHaveLength(1)
  })

  test('a code that is wrong, too old, or replaced by a later start is told apart, and nothing half done stays', async () => {
    const old = await floor.setupCode()
    const replaced = await floor.setupCode()
    const newest = await floor.setupCode()
    expect(await (await setUp(form('0000-0000'))).json()).toMatchObject({ status: 403, type: 'unknown-code' })
    expect(await (await setUp(form(old))).json()).toMatchObject({ status: 403, type: 'expired-code' })
    expect(await (await setUp(form(replaced))).json()).toMatchObject({ status: 403, type: 'expired-code' })
    floor.clock.now += 24 * HOUR
    expect(await (await setUp(form(newest))).json()).toMatchObject({ status: 403, type: 'expired-code' })
    expect(await floor.log.read((tx) => tx.sites())).toEqual([])
  })

  test('an enrolment code opens no set-up', async () => {
    const { issueCode, ENROL_MS } = await import('../../../server/people/code.ts')
    const { code } = await issueCode(floor.log, { purpose: 'enrol', site: null, now: floor.clock.now, lasts: ENROL_MS, random: (n) => new Uint8Array(n) })
    expect(await (await setUp(form(code))).json()).toMatchObject({ type: 'unknown-code' })
  })

  test('a code is read as it was meant: lower case, spaces, full width, O for 0 and l for 1', async () => {
    const code = await floor.setupCode()
    const typed = code.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l').replace(/[a-z]/, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
    expect((await setUp(form(typed))).status).toBe(201)
  })

  test('ten wrong codes from one address shut the door for it, and for no other, until the ten minutes are over', async () => {
    const code = await floor.setupCode()
    for (let i = 0; i < 10; i++) expect((await setUp(form('wrong'))).status).toBe(403)
    const refused = await setUp(form(code))
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '600'])
    expect((await setUp(form('wrong'), '10.0.0.10')).status).toBe(403)
    floor.clock.now += 600_000
    expect((await setUp(form(code))).status).toBe(201)
  })

  test.each([
    ['no JSON', '{"code":', 400, 'invalid-json'],
    ['a PIN of letters', { ...form('x'), pin: 'abcd' }, 400, 'malformed'],
    ['no device', { ...form('x'), device: undefined }, 400, 'malformed'],
    ['a list', [], 400, 'malformed'],
    ['10 MB', 'x'.repeat(10_000_000), 413, 'too-large'],
  ])('%s is answered clearly', async (_, body, status, type) => {
    const response = await setUp(body)
    expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    expect([response.status, await response.json()]).toMatchObject([status, { type, status }])
    expect(floor.faults).toEqual([])
  })

  test('every no is in the language of whoever asks, zh-TW if they say none', async () => {
    const titles = await Promise.all(
      [undefined, 'en-GB,en;q=0.8', 'zh-CN', 'fr, zh-TW;q=0.5'].map(async (language) => {
        const response = await floor.call('POST', '/api/setup', { body: form('nope'), headers: language ? { 'Accept-Language': language } : {} })
        return ((await response.json()) as { title: string }).title
      }),
    )
    expect(titles).toEqual(['沒有這個代碼', 'No such code', '没有这个代码', '沒有這個代碼'])
  })
})
