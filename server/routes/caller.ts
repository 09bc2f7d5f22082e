/** Who calls: the device by its bearer token, the person by the `Grant` header. Authorise before looking anything up. */
import { hash } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Act } from '../../shared/order/order.ts'
import type { Actor, Role } from '../../shared/people/role.ts'
import { uuidv7 } from '../../shared/sync/id.ts'
import type { DeviceRow } from '../log/log.ts'
import { readerOf } from '../sync/sync.ts'
import type { World } from '../world.ts'
import { problem } from './problem.ts'

export type DeviceEnv = { Variables: { device: DeviceRow } }
export type PersonEnv = { Variables: { device: DeviceRow; actor: Actor } }

export const tokenHash = (token: string): string => hash('sha256', token)

/** Any device that was ever enrolled, revoked or not: for the one door that still takes a revoked device's work. */
export function anyDevice(world: World) {
  return createMiddleware<DeviceEnv>(async (c, next) => {
    c.set('device', await deviceOf(world, c.req.header('Authorization')))
    await next()
  })
}

export function enrolledDevice(world: World) {
  return createMiddleware<DeviceEnv>(async (c, next) => {
    const device = await deviceOf(world, c.req.header('Authorization'))
    if (device.revokedAt) throw problem(401, 'device-revoked', { at: device.revokedAt })
    c.set('device', device)
    await next()
  })
}

/** A person who is signed in on an enrolled device; with roles, one who has one of them. */
export function signedIn(world: World, ...roles: Role[]) {
  return createMiddleware<PersonEnv>(async (c, next) => {
    const device = await deviceOf(world, c.req.header('Authorization'))
    if (device.revokedAt) throw problem(401, 'device-revoked', { at: device.revokedAt })
    const actor = await actorAt(world, device, c.req.header('Grant'))
    if (roles.length > 0 && !roles.some((role) => actor.roles.includes(role))) throw problem(403, 'forbidden', { roles })
    c.set('device', device)
    c.set('actor', actor)
    await next()
  })
}

/** Who is at the device by its `Grant` header; a problem if nobody is who may read. */
export async function actorAt(world: World, device: DeviceRow, token: string | undefined): Promise<Actor> {
  const grant = await world.grants.verify(token ?? '')
  const now = new Date(world.now()).toISOString()
  const actor = grant && (await world.log.read((tx) => readerOf(tx, device, grant, now)))
  if (!actor) throw problem(401, 'no-grant')
  return actor
}

/** What a signed-in person does at a door of its own, for the log. */
export function actAt(world: World, actor: Actor): Act {
  const now = world.now()
  return { by: actor.person, name: actor.name, at: new Date(now).toISOString(), device: actor.device, command: uuidv7(now, world.random) }
}

const THIS_MACHINE = ['127.0.0.1', '::1', '::ffff:127.0.0.1']
/**
 * The address that calls. Only a proxy on this machine is believed about who it calls for: from elsewhere
 * `X-Forwarded-For` says whatever its sender likes.
 */
export function addressOf(c: Context): string {
  const address = c.env?.incoming ? (getConnInfo(c).remote.address ?? '') : ''
  const through = c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim()
  return through && THIS_MACHINE.includes(address) ? through : address
}

async function deviceOf(world: World, authorization: string | undefined): Promise<DeviceRow> {
  const token = tokenIn(authorization)
  if (!token) throw problem(401, 'no-token')
  const device = await world.log.read((tx) => tx.deviceByToken(tokenHash(token)))
  if (!device) throw problem(401, 'unknown-device')
  return device
}

/** For doors that are open to anyone: the device that calls, locked out or not, if it is one. */
export async function deviceIfAny(world: World, authorization: string | undefined): Promise<DeviceRow | null> {
  const token = tokenIn(authorization)
  return token ? world.log.read((tx) => tx.deviceByToken(tokenHash(token))) : null
}

function tokenIn(authorization: string | undefined): string | undefined {
  return /^Bearer ([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1]
}
