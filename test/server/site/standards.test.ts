import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { GENERAL, PAPER_ROLLS } from '../../../shared/inspection/paper.ts'
import { standardFor } from '../../../shared/inspection/fit.ts'
import type { Site } from '../../../shared/site/site.ts'
import { type Crew, crewOn } from '../../client/crew.ts'
import { openFloor } from '../floor.ts'

const { id: _, ...form } = { ...GENERAL, name: { text: '立德牛皮' }, skus: ['BK-080-1092'] }

describe('the factory standards of a site', () => {
  let crew: Crew
  let token: string
  beforeEach(async () => {
    const floor = await openFloor()
    await floor.foundSite('north')
    await floor.person('north', 'clerk', 'supervisor')
    await floor.person('north', 'picker', 'warehouse')
    await floor.person('north', 'checker', 'quality')
    crew = crewOn(floor)
    token = (await floor.device('north', 'desk')).token
  })
  afterEach(() => crew.end())
  const put = async (who: string, id: string, body: object) => crew.floor.call('PUT', `/api/site/standards/${id}`, { token, grant: await crew.grant('desk', who), body })
  const standardsOf = async (response: Response) => ((await response.json()) as Site).inspection?.standards ?? []

  test('quality writes one: it says which version it is, since when and by whom, and every phone inspects by it at once', async () => {
    const phone = await crew.phone('phone', 'picker')
    await phone.sync()
    const [first] = await standardsOf(await put('checker', 'own-kraft', { ...form, was: 0 }))
    expect(first).toMatchObject({ id: 'own-kraft', version: 1, by: 'checker', since: new Date(crew.floor.clock.now).toISOString() })
    crew.floor.clock.now += 60_000
    const [second] = await standardsOf(await put('clerk', 'own-kraft', { ...form, sampling: { ...form.sampling, all: true }, was: 1 }))
    expect(second).toMatchObject({ version: 2, by: 'clerk', since: new Date(crew.floor.clock.now).toISOString(), sampling: { all: true } })
    await phone.sync()
    const site = (await phone.db.docs.get('site-north'))?.doc.body
    const own = site?.kind === 'site' ? site.inspection?.standards : undefined
    expect(standardFor({ sku: 'BK-080-1092', name: '牛皮紙 80 g/m²', spec: '', unit: 'roll' }, own)).toEqual(second)
    expect(standardFor({ sku: 'BK-080-1093', name: '牛皮紙 80 g/m²', spec: '', unit: 'roll' }, own)).toBe(PAPER_ROLLS)
  })

  test('who changed an older version is told who was first, and loses nothing of it', async () => {
    await put('checker', 'own-kraft', { ...form, was: 0 })
    const late = await put('clerk', 'own-kraft', { ...form, was: 0 })
    expect(late.status).toBe(409)
    expect(await late.json()).toMatchObject({ type: 'changed-meanwhile', name: 'checker' })
  })

  test('no other change of the site takes them along: they have versions, and a form that is behind would undo them', async () => {
    await put('checker', 'own-kraft', { ...form, was: 0 })
    const body = { name: 'north', workRules: ['promised'], inspection: { standards: [], reduced: false } }
    const changed = await crew.floor.call('PATCH', '/api/site', { token, grant: await crew.grant('desk', 'clerk'), body })
    expect(changed.status).toBe(200)
    expect((await standardsOf(changed)).map(({ id }) => id)).toEqual(['own-kraft'])
  })

  test('what cannot be is refused with the place where it stands', async () => {
    const [check] = PAPER_ROLLS.checks.filter(({ type }) => type === 'measured')
    const turned = { ...check, thousandths: { type: 'fixed', lower: 9, target: null, upper: 1 } }
    const answer = await put('checker', 'own-kraft', { ...form, checks: [turned], was: 0 })
    expect(answer.status).toBe(400)
    expect(((await answer.json()) as { path: string }).path).toMatch(/^checks\.0\.thousandths/)
    expect((await put('picker', 'own-kraft', { ...form, was: 0 })).status).toBe(403)
    expect((await put('checker', 'Kraft Paper', { ...form, was: 0 })).status).toBe(404)
  })

  test('quality lets good lots earn reduced inspection, and a standard that is written afterwards leaves it so', async () => {
    const reduce = async (who: string, body: object) => crew.floor.call('PUT', '/api/site/reduced', { token, grant: await crew.grant('desk', who), body })
    expect((await reduce('picker', { reduced: true })).status).toBe(403)
    expect((await reduce('checker', { reduced: 'yes' })).status).toBe(400)
    expect(((await (await reduce('checker', { reduced: true })).json()) as Site).inspection).toEqual({ standards: [], reduced: true })
    const written = await put('checker', 'own-kraft', { ...form, was: 0 })
    expect(((await written.json()) as Site).inspection).toMatchObject({ standards: [{ id: 'own-kraft' }], reduced: true })
    expect(((await (await reduce('clerk', { reduced: false })).json()) as Site).inspection).toMatchObject({ standards: [{ id: 'own-kraft' }], reduced: false })
  })

  test("one that is taken back is asked for no more; one of the app's name gives its place back to the app's", async () => {
    await put('checker', 'paper-rolls', { ...form, fits: PAPER_ROLLS.fits, was: 0 })
    const grant = await crew.grant('desk', 'checker')
    const drop = () => crew.floor.call('DELETE', '/api/site/standards/paper-rolls', { token, grant })
    expect(await standardsOf(await drop())).toEqual([])
    expect((await drop()).status).toBe(404)
  })
})
