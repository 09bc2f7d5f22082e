/** /api/devices: which devices the caller's site has, for its supervisors; and a new identity for one that was cloned. */
import { Hono } from 'hono'
import { type DeviceCard, DeviceForm, type Forked } from '../../shared/people/wire.ts'
import type { DeviceRow } from '../log/log.ts'
import { addDevice } from '../people/enrol.ts'
import type { World } from '../world.ts'
import { readForm } from './body.ts'
import { enrolledDevice, signedIn } from './caller.ts'
import { createLimit, TEN_MINUTES } from './limit.ts'
import { problem } from './problem.ts'

export function deviceRoutes(world: World) {
  const { log, random } = world
  const forks = createLimit({ now: world.now, most: 5, windowMs: TEN_MINUTES })
  return new Hono()
    .get('/api/devices', signedIn(world, 'supervisor'), async (c) => {
      const { site } = c.get('actor')
      const devices = await log.read((tx) => tx.devices(site))
      // Number 0 is nobody's hand: it is under whose name files were taken in.
      return c.json(devices.filter((device) => device.number > 0).map(cardOf))
    })
    .patch('/api/devices/:id', signedIn(world, 'supervisor'), async (c) => {
      const { name, revoked } = await readForm(c, DeviceForm)
      const { site } = c.get('actor')
      const at = new Date(world.now()).toISOString()
      const device = await log.write(async (tx) => {
        const before = await tx.device(c.req.param('id'))
        if (before?.site !== site || before.number === 0) throw problem(404, 'no-device')
        const change = { name, revokedAt: revoked ? (before.revokedAt ?? at) : null }
        await tx.saveDevice(before.id, change)
        return { ...before, ...change }
      })
      if (revoked) world.hub.cut({ device: device.id })
      return c.json(cardOf(device))
    })
    .post('/api/devices/fork', enrolledDevice(world), async (c) => {
      const { id, site, name, publicKey } = c.get('device')
      forks.take(id)
      const { device, token } = await log.write((tx) => addDevice(tx, { site, name, publicKey, forkOf: id, now: world.now(), random }))
      return c.json({ device: { id: device.id, number: device.number, name }, token } satisfies Forked, 201)
    })
}

function cardOf({ id, number, name, enrolledAt, revokedAt, lastSeq, seen }: DeviceRow): DeviceCard {
  return { id, number, name, enrolledAt, revokedAt, lastSeq, seen: seen && { ...seen, about: seen.about ?? null } }
}
