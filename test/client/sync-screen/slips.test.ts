import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { closeSlip, openSlips, whomToAsk, withBodies } from '../../../client/sync-screen/slips.ts'
import { form } from '../../server/floor.ts'
import { type Crew, openCrew } from '../crew.ts'

describe('the sync screen', () => {
  let crew: Crew
  beforeEach(async () => {
    crew = await openCrew()
  })
  afterEach(() => crew.end())

  /** Two phones without a network claim the same order; the second to come back is told no. */
  async function claimedTwice() {
    const desk = await crew.phone('desk', 'clerk')
    await desk.issue({ type: 'PlaceOrder', doc: 'o1', payload: form('N-1') })
    await desk.issue({ type: 'SignGate', doc: 'o1', payload: { gate: 'confirmation', note: '' }, signed: true })
    await desk.sync()
    const phone = await crew.phone('phone', 'picker')
    await phone.sync()
    phone.line.up = false
    const [claim = ''] = await phone.issue({ type: 'ClaimOrder', doc: 'o1', payload: {} })
    await desk.issue({ type: 'ClaimOrder', doc: 'o1', payload: {} })
    await desk.sync()
    return { phone, claim }
  }

  test('names the order of what is only here, oldest first', async () => {
    const { phone, claim } = await claimedTwice()
    const waiting = await withBodies(phone.db, await phone.db.outbox.where('state').equals('waiting').sortBy('n'))
    expect(waiting.map(({ command, body }) => [command.id, command.byName, body?.kind === 'order' && body.number])).toEqual([[claim, 'picker', 'N-1']])
  })

  test('keeps a refusal until a person has read it, and says whom to ask', async () => {
    const { phone, claim } = await claimedTwice()
    phone.line.up = true
    await phone.sync()
    const [slip, ...more] = await openSlips(phone.db)
    expect(more).toEqual([])
    expect(slip?.command).toMatchObject({ id: claim, type: 'ClaimOrder', byName: 'picker', verdict: { verdict: 'refused', reason: { type: 'claimed', by: 'clerk' } } })
    expect(slip?.body).toMatchObject({ number: 'N-1' })
    expect(slip && whomToAsk(slip)).toEqual({ name: 'clerk' })
    await phone.reload()
    expect(await openSlips(phone.db)).toHaveLength(1)

    await closeSlip(phone.db, claim, crew.floor.clock.now)
    expect(await openSlips(phone.db)).toEqual([])
    expect(await phone.db.attention.count()).toBe(1)
  })

  test('what came of a person who was revoked is held for the supervisor, and the phone says so', async () => {
    const { phone, claim } = await claimedTwice()
    await crew.floor.log.write(async (tx) => {
      const picker = await tx.person('picker')
      if (picker) await tx.savePerson({ ...picker, revokedAt: new Date(crew.floor.clock.now).toISOString() })
    })
    phone.line.up = true
    await phone.sync()
    const [slip] = await openSlips(phone.db)
    expect(slip?.command).toMatchObject({ id: claim, verdict: { verdict: 'quarantined', reason: { type: 'revoked-person' } } })
    expect(slip && whomToAsk(slip)).toEqual({ roles: ['supervisor'] })
  })

  test('a shut gate is asked about where it is signed', async () => {
    const { phone } = await claimedTwice()
    const [named] = await withBodies(phone.db, await phone.db.outbox.toArray())
    if (!named) throw new Error('nothing waits')
    const verdict = { id: 'x', seq: 1, verdict: 'refused' as const, reason: { type: 'gate-shut' as const, gate: 'notice' as const, waitsFor: ['release' as const] }, at: '' }
    expect(whomToAsk({ ...named, command: { ...named.command, verdict, seenAt: null, closedAt: null } })).toEqual({ roles: ['finance'] })
  })
})
