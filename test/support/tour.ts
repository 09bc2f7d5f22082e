/**
 * A way through every screen of the app and the sheets that open on them, on the example mill: for looking (look.ts) and for
 * the test that reads them all. Each visit stands for itself: it goes to its address and opens what it is about.
 */
import type { Page } from 'playwright-core'
import type { Language } from '../../client/preferences.ts'
import type { Order } from '../../shared/order/order.ts'
import { ROLES } from '../../shared/people/role.ts'
import type { Body } from '../../shared/sync/doc.ts'
import { docsThere, firstIn, type Mill, openMill, personOf, putOnTrip, putRows, standAt, tablesMade } from './mill.ts'
import type { ServerProcess } from './process.ts'
import { says } from './words.ts'
import { DEVICE, ENTRY } from './tour/device.ts'
import { FLOOR } from './tour/floor.ts'
import { OFFICE } from './tour/office.ts'
import { ROAD } from './tour/road.ts'
import { STOCK } from './tour/stock.ts'
import { type Guide, type Hands, isUnderWay, type Known, type Visit, type Who } from './tour/visit.ts'

/** Two of a length: they are read beside each other. Who comes in does so before anybody stands there. */
export const SEATED: readonly Visit[] = [...ENTRY, ...OFFICE, ...STOCK, ...DEVICE]
export const ON_FOOT: readonly Visit[] = [...FLOOR, ...ROAD]
export const TOUR: readonly Visit[] = [...SEATED, ...ON_FOOT]

/** Somebody sent what was not theirs to do: it waits for the supervisor. */
async function setApart(mill: Mill, order: string): Promise<void> {
  const phone = await mill.phone('warehouse')
  await phone.issue({ type: 'Arrive', doc: order, payload: { place: null } })
  await phone.sync()
  await phone.close()
}

/** A trip that has yet to be loaded: two packed orders are put on one that waits. */
async function toLoad(mill: Mill, { bodies, order, trip }: Known): Promise<void> {
  const to = bodies.find((body) => body.id === trip(false))
  const first = order('load.promised')
  if (to?.kind === 'trip') await putOnTrip(mill, [first, order('load.promised', ({ id }) => id !== first)], to)
}

/** Ready to go: enrolled, the mill's orders on the device. Everyone's grant is there from the start. */
export async function openTour(page: Page, server: ServerProcess, fresh: ServerProcess): Promise<Guide> {
  page.setDefaultTimeout(20_000)
  page.setDefaultNavigationTimeout(60_000)
  const mill: Mill = await openMill(server)
  const everyone = await mill.grantOfNew('萬能先生', ROLES)
  const bodies = await mill.bodies(everyone)
  const orders = (fits: (order: Order) => boolean) => (body: Body) => body.kind === 'order' && fits(body)
  const known: Known = {
    bodies,
    device: mill.enrolled.device.id,
    person: personOf(everyone),
    order: (list, fits = () => true) => firstIn(bodies, list, orders(fits)),
    trip(left) {
      const trips = new Set(bodies.flatMap((body) => (body.kind === 'order' && body.trip && (left ? isUnderWay(body) : body.departed === null && body.receipt === null) ? [body.trip.id] : [])))
      return firstIn(bodies, 'trips', (body) => trips.has(body.id))
    },
  }
  await setApart(mill, known.order('deliver.promised'))
  await toLoad(mill, known)
  const pathOf = ({ path }: Visit) => (typeof path === 'string' ? path : path(known))
  const grants = new Map<Who, string>([['everyone', everyone]])
  let standing: Who | null = null
  let speaking: Language = 'zh-TW'

  async function stand(who: Who): Promise<void> {
    if (who === standing) return
    if (standing === null || page.url().startsWith(fresh.url)) {
      await page.goto(`${server.url}/settings`)
      await tablesMade(page)
    }
    const grant = grants.get(who) ?? (await mill.grantOf(who))
    grants.set(who, grant)
    await standAt(page, mill.enrolled, grant)
    if (standing === null || standing === 'nobody') {
      await page.goto(`${server.url}/sync`)
      await docsThere(page, bodies.length)
    }
    standing = who
  }
  async function nobody({ name }: Visit): Promise<void> {
    if (standing === 'nobody' || !name.startsWith('sign-in')) return
    await page.goto(`${server.url}/settings`)
    await tablesMade(page)
    await standAt(page, mill.enrolled, everyone)
    await putRows(page, 'meta', [{ key: 'current', value: '' }, { key: 'cards', value: mill.enrolled.people }])
    standing = 'nobody'
  }
  /** To another address without a load, by way of a screen that keeps nothing. */
  async function walk({ pathname, search }: URL): Promise<void> {
    const sheets = page.locator('[role=dialog]')
    for (let left = await sheets.count(); left > 0; left = await sheets.count()) {
      await page.keyboard.press('Escape')
      await sheets.nth(left - 1).waitFor({ state: 'detached' })
    }
    const putAway = page.locator('.camera-keys > button').first()
    if (await putAway.isVisible()) await putAway.click()
    await page.evaluate(async (to) => {
      const { $router } = (document.querySelector('#app') as Mounted).__vue_app__.config.globalProperties
      await $router.push('/settings')
      await $router.push(to)
    }, `${pathname}${search}`)
  }
  const routeOf = (visit: Visit) =>
    page.evaluate((path) => String((document.querySelector('#app') as Mounted).__vue_app__.config.globalProperties.$router.resolve(path).name), pathOf(visit))
  const hands: Hands = {
    ...known,
    page,
    async press(key) {
      const name = says(key, speaking)
      await page.getByRole('button', { name }).or(page.getByRole('link', { name })).filter({ visible: true }).last().click()
    },
    main: () => page.locator('.main').filter({ visible: true }).last().click(),
    dialog: () => page.getByRole('dialog').first().waitFor(),
  }
  return {
    page,
    async visit(visit, language = 'zh-TW') {
      speaking = language
      const { who = 'everyone', open } = visit
      const stays = who === standing && who !== 'nobody'
      await (who === 'nobody' ? nobody(visit) : stand(who))
      const to = new URL(pathOf(visit), visit.fresh ? fresh.url : server.url)
      const before = new URL(page.url())
      if (stays && to.origin === before.origin) await walk(to)
      else await page.goto(to.href)
      // A changed hash alone loads nothing.
      if (to.hash !== before.hash && to.origin === before.origin && to.pathname === before.pathname) await page.reload()
      await page.locator('h1').first().waitFor()
      const [is, wanted] = await Promise.all([page.evaluate(() => String((document.querySelector('#app') as Mounted).__vue_app__.config.globalProperties.$router.currentRoute.value.name)), routeOf(visit)])
      if (is !== wanted) throw new Error(`${visit.name} leads to ${is}; wanted was ${wanted}`)
      await open?.(hands)
      if (visit.ends) await page.waitForFunction((wanted) => (document.querySelector('#app') as Mounted).__vue_app__.config.globalProperties.$router.currentRoute.value.name === wanted, visit.ends)
      await settled(page)
    },
    // Through the store that the settings write; what it keeps is there after the next load.
    async prefer(wanted) {
      await page.evaluate((wanted) => {
        const store = (document.querySelector('#app') as Partial<Mounted> | null)?.__vue_app__?.config.globalProperties.$pinia.state.value.preferences
        if (store) Object.assign(store, wanted)
      }, wanted)
      // A language is fetched when it is first spoken; a frame later it is on the screen.
      await page.waitForFunction((language) => {
        const app = (document.querySelector('#app') as Partial<Mounted> | null)?.__vue_app__
        return app === undefined || app.config.globalProperties.$i18n.locale === language
      }, wanted.language)
      await page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => done())))
    },
    routeOf,
    routeNames: () => page.evaluate(() => (document.querySelector('#app') as Mounted).__vue_app__.config.globalProperties.$router.getRoutes().map((each) => String(each.name))),
    data: JSON.stringify(bodies),
  }
}

/** The element that the app is mounted on. */
type Mounted = Element & {
  __vue_app__: {
    config: { globalProperties: { $i18n: { locale: string }; $pinia: { state: { value: { preferences?: object } } }; $router: { currentRoute: { value: { name: unknown } }; resolve(to: string): { name: unknown }; getRoutes(): { name: unknown }[]; push(to: string): Promise<unknown> } } }
  }
}

/** The text on the screen has stood still for a while, and nothing moves any more. */
export async function settled(page: Page, still = 150): Promise<void> {
  await page.waitForFunction(
    (still) => {
      const seen = window as unknown as { was?: string; since?: number }
      const now = `${document.documentElement.className}${document.body.innerText}${document.querySelectorAll('*').length}`
      if (now !== seen.was) {
        seen.was = now
        seen.since = performance.now()
      }
      return performance.now() - (seen.since ?? 0) > still && document.getAnimations().every((each) => each.playState !== 'running')
    },
    still,
    { polling: 50, timeout: 20_000 },
  )
}
