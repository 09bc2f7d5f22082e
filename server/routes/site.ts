/** /api/site: the caller's own site. What it is called and how its work is ranked is a supervisor's to change; its factory standards are quality's, too. */
import { Hono } from 'hono'
import { Id } from '../../shared/inspection/terms.ts'
import { SiteForm } from '../../shared/site/site.ts'
import { siteCard } from '../people/enrol.ts'
import { changeSite } from '../site/change.ts'
import { dropStandard, putReduced, putStandard, Reduced, StandardChange } from '../site/standards.ts'
import type { World } from '../world.ts'
import { readForm } from './body.ts'
import { actAt, enrolledDevice, signedIn } from './caller.ts'
import { problem } from './problem.ts'

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
    .put('/api/site/standards/:id', signedIn(world, 'supervisor', 'quality'), async (c) => {
      const change = await readForm(c, StandardChange)
      const actor = c.get('actor')
      const { site, heads } = await log.write((tx) => putStandard(tx, actor.site, named(c.req.param('id')), change, actAt(world, actor)))
      hub.poke(heads)
      return c.json(site)
    })
    .put('/api/site/reduced', signedIn(world, 'supervisor', 'quality'), async (c) => {
      const form = await readForm(c, Reduced)
      const actor = c.get('actor')
      const { site, heads } = await log.write((tx) => putReduced(tx, actor.site, form, actAt(world, actor)))
      hub.poke(heads)
      return c.json(site)
    })
    .delete('/api/site/standards/:id', signedIn(world, 'supervisor', 'quality'), async (c) => {
      const actor = c.get('actor')
      const { site, heads } = await log.write((tx) => dropStandard(tx, actor.site, named(c.req.param('id')), actAt(world, actor)))
      hub.poke(heads)
      return c.json(site)
    })
}

/** The id of a standard, as an address says it. */
function named(text: string): string {
  const read = Id.safeParse(text)
  if (!read.success) throw problem(404, 'no-standard')
  return read.data
}
