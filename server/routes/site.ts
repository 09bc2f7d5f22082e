/** /api/site: the caller's own site. What it is called and how its work is ranked is a supervisor's to change. */
import { Hono } from 'hono'
import { SiteForm } from '../../shared/site/site.ts'
import { siteCard } from '../people/enrol.ts'
import { changeSite } from '../site/change.ts'
import type { World } from '../world.ts'
import { readForm } from './body.ts'
import { actAt, enrolledDevice, signedIn } from './caller.ts'

export function siteRoutes(world: World) {
  const { log, hub } = world
  return new Hono()
    .get('/api/site', enrolledDevice(world), async (c) => c.json(await log.read((tx) => siteCard(tx, c.get('device').site))))
    .patch('/api/site', signedIn(world, 'supervisor'), async (c) => {
      const form = await readForm(c, SiteForm)
      const actor = c.get('actor')
      const { site, heads } = await log.write((tx) => changeSite(tx, actor.site, form, actAt(world, actor)))
      hub.poke(heads)
      return c.json(site)
    })
}
