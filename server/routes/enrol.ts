/**
 * POST /api/enrol: a device joins the site of the one-time code that it read from a supervisor's screen. One that shows who it
 * was goes on as that device: what it made under its grants and has not sent is good.
 */
import { Hono } from 'hono'
import { EnrolRequest } from '../../shared/people/wire.ts'
import type { DeviceRow, ReadTx, WriteTx } from '../log/log.ts'
import { hashCode, takeCode } from '../people/code.ts'
import { addDevice, enrolled, joinAgain } from '../people/enrol.ts'
import type { World } from '../world.ts'
import { readForm } from './body.ts'
import { addressOf, deviceIfAny } from './caller.ts'
import { createLimit, TEN_MINUTES } from './limit.ts'
import { problem } from './problem.ts'

/** `joins` is told of the site. */
export function enrolRoutes(world: World, joins: (site: string) => Promise<void>) {
  const { log, random } = world
  const tries = createLimit({ now: world.now, most: 20, windowMs: TEN_MINUTES })
  /** A code that was used opens once more, while it lasts, to the device that used it, if that has never spoken as what it became. */
  async function askedAgain(tx: WriteTx, { hash, at, publicKey }: { hash: string; at: string; publicKey: string }) {
    const row = await tx.code(hash)
    return row && row.expiresAt > at ? joinAgain(tx, row, publicKey, random) : null
  }

  return new Hono().post('/api/enrol', async (c) => {
    const form = await readForm(c, EnrolRequest)
    const wasRight = tries.take(addressOf(c))
    const hash = await hashCode(log, form.code)
    const was = await deviceIfAny(world, c.req.header('Authorization'))
    const grant = await world.grants.verify(c.req.header('Grant') ?? '')
    const now = world.now()
    const reply = await log.write(async (tx) => {
      const at = new Date(now).toISOString()
      const code = await takeCode(tx, 'enrol', hash, at)
      const again = code === 'used-code' ? await askedAgain(tx, { hash, at, publicKey: form.device.publicKey }) : null
      if (again) return enrolled(tx, again)
      if (typeof code === 'string') throw problem(403, code)
      const { site } = code
      if (site === null) throw new Error('an enrolment code names no site')
      if (was && was.site !== site && was.revokedAt === null && form.unsent > 0) throw await unsentElsewhere(tx, was, form.unsent)
      const forkOf = await before(tx, site, { was, grantedTo: grant?.site === site ? grant.device : null })
      return enrolled(tx, await addDevice(tx, { site, ...form.device, forkOf, now, random }))
    })
    wasRight()
    joins(reply.site.id).catch((error: unknown) => world.report(error, 'enrol'))
    return c.json(reply, 201)
  })
}

/**
 * Who the device was at this site: by its token, or, where a restored server has forgotten it, by a grant that was signed for
 * it. Not if it was locked out.
 */
async function before(tx: WriteTx, site: string, { was, grantedTo }: { was: DeviceRow | null; grantedTo: string | null }): Promise<string | null> {
  if (was?.site === site && was.revokedAt === null) {
    // What waited there waits here from now on: nobody should look for it at a device that is no more.
    if (was.seen) await tx.saveDevice(was.id, { seen: { ...was.seen, commands: 0, blobs: 0, oldest: null } })
    return was.id
  }
  return grantedTo !== null && (await tx.device(grantedTo)) === null ? grantedTo : null
}

/** Work goes to the site where it was done. The code is not used up. */
async function unsentElsewhere(tx: ReadTx, was: DeviceRow, count: number) {
  return problem(409, 'unsent-elsewhere', { count, site: (await tx.site(was.site))?.name ?? was.site })
}
