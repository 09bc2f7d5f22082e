/** Where everything is. A screen is loaded when it is first wanted, and precached so that it is there without a network. */
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import type { Role } from '../shared/people/role.ts'
import type { Device } from './device.ts'
import { guardBack } from './ui/back.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** `anyone`: before the device is enrolled · `device`: enrolled, nobody signed in · otherwise somebody is signed in */
    open?: 'anyone' | 'device'
    /** the place has no use for other roles */
    roles?: readonly Role[]
  }
}

const FLOOR: readonly Role[] = ['warehouse', 'quality', 'shipper', 'supervisor']
const ROAD: readonly Role[] = ['driver', 'shipper', 'service', 'service-supervisor', 'supervisor']
const DESK: readonly Role[] = ['sales', 'service', 'service-supervisor', 'finance', 'shipper', 'supervisor']

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./shell/HomeScreen.vue'), meta: { open: 'anyone' } },
  { path: '/setup', name: 'setup', component: () => import('./sign-in/SetupScreen.vue'), meta: { open: 'anyone' } },
  { path: '/enrol', name: 'enrol', component: () => import('./sign-in/EnrolScreen.vue'), meta: { open: 'anyone' } },
  { path: '/sign-in', name: 'sign-in', component: () => import('./sign-in/PeopleScreen.vue'), meta: { open: 'device' } },
  { path: '/sign-in/:person', name: 'pin', component: () => import('./sign-in/PinScreen.vue'), props: true, meta: { open: 'device' } },

  { path: '/work/:step?', name: 'work', component: () => import('./work/WorkScreen.vue'), props: true, meta: { roles: FLOOR } },
  { path: '/pick/:order', name: 'pick', component: () => import('./pick/PickScreen.vue'), props: true, meta: { roles: FLOOR } },
  { path: '/trolley/:orders', name: 'trolley', component: () => import('./pick/TrolleyScreen.vue'), props: true, meta: { roles: FLOOR } },
  { path: '/inspect/:order', name: 'inspect', component: () => import('./inspect/InspectScreen.vue'), props: true, meta: { roles: FLOOR } },
  { path: '/held', name: 'held', component: () => import('./inspect/HeldScreen.vue'), meta: { roles: [...FLOOR, 'service-supervisor'] } },
  { path: '/pack/:order', name: 'pack', component: () => import('./ship/PackScreen.vue'), props: true, meta: { roles: FLOOR } },
  { path: '/load/:order', name: 'load', component: () => import('./ship/LoadScreen.vue'), props: true, meta: { roles: FLOOR } },
  { path: '/labels/:order', name: 'labels', component: () => import('./label/LabelsScreen.vue'), props: true, meta: { roles: [...FLOOR, 'service', 'driver'] } },
  { path: '/packing-list/:order', name: 'packing-list', component: () => import('./label/PackingListScreen.vue'), props: true },
  { path: '/advice/:order', name: 'advice', component: () => import('./ship/AdviceScreen.vue'), props: true },
  { path: '/ship/:order/read-back', name: 'read-back', component: () => import('./ship/ReadBackScreen.vue'), props: true, meta: { roles: FLOOR } },
  { path: '/put-away', name: 'put-away', component: () => import('./stock/PutAwayScreen.vue'), meta: { roles: FLOOR } },
  { path: '/ship/:order', name: 'ship', component: () => import('./ship/ShipScreen.vue'), props: true, meta: { roles: [...FLOOR, 'service-supervisor'] } },

  { path: '/stock', name: 'stock', component: () => import('./stock/StockScreen.vue'), meta: { roles: FLOOR } },
  { path: '/trips', name: 'trips', component: () => import('./trips/TripsScreen.vue'), meta: { roles: ROAD } },
  { path: '/trips/:trip/load', name: 'load-trip', component: () => import('./ship/LoadTripScreen.vue'), props: true, meta: { roles: [...FLOOR, 'driver'] } },
  { path: '/trips/:trip', name: 'trip', component: () => import('./trips/TripScreen.vue'), props: true, meta: { roles: ROAD } },
  { path: '/deliver/:order', name: 'deliver', component: () => import('./deliver/DeliverScreen.vue'), props: true, meta: { roles: ROAD } },
  { path: '/deliver/:order/sign', name: 'sign', component: () => import('./deliver/SignScreen.vue'), props: true, meta: { roles: ROAD } },
  { path: '/receipt/:order', name: 'receipt', component: () => import('./receipt/ReceiptScreen.vue'), props: true },
  { path: '/receipt/:order/amend', name: 'amend', component: () => import('./receipt/AmendScreen.vue'), props: true, meta: { roles: ROAD } },

  { path: '/orders', name: 'orders', component: () => import('./orders/OrdersScreen.vue'), meta: { roles: DESK } },
  { path: '/orders/new', name: 'order-form', component: () => import('./orders/OrderFormScreen.vue'), meta: { roles: DESK } },
  { path: '/orders/:order', name: 'order', component: () => import('./orders/OrderScreen.vue'), props: true },
  { path: '/orders/:order/change', name: 'order-change', component: () => import('./orders/OrderFormScreen.vue'), props: true, meta: { roles: DESK } },
  { path: '/import', name: 'import', component: () => import('./import/ImportScreen.vue'), meta: { roles: ['sales', 'service', 'service-supervisor'] } },

  { path: '/board', name: 'board', component: () => import('./board/BoardScreen.vue'), meta: { roles: ['supervisor', 'service-supervisor'] } },
  { path: '/devices', name: 'devices', component: () => import('./board/DevicesScreen.vue'), meta: { roles: ['supervisor'] } },
  { path: '/people', name: 'people', component: () => import('./board/PeopleScreen.vue'), meta: { roles: ['supervisor'] } },
  { path: '/people/badges', name: 'badges', component: () => import('./board/BadgesScreen.vue'), meta: { roles: ['supervisor'] } },
  { path: '/sync', name: 'sync', component: () => import('./sync-screen/SyncScreen.vue'), meta: { open: 'device' } },
  { path: '/rescue', name: 'rescue', component: () => import('./rescue/RescueScreen.vue'), meta: { open: 'device' } },
  { path: '/settings', name: 'settings', component: () => import('./settings/SettingsScreen.vue'), meta: { open: 'anyone' } },
  { path: '/settings/standards/:standard?', name: 'standards', component: () => import('./standards/StandardsScreen.vue'), props: true, meta: { roles: ['supervisor', 'quality'] } },
  { path: '/settings/scanner', name: 'scanner', component: () => import('./scan/ScannerScreen.vue') },
  { path: '/:rest(.*)*', name: 'not-found', component: () => import('./shell/NotFoundScreen.vue'), meta: { open: 'anyone' } },
]

/** What is asked of a device that is not enrolled, or at which nobody is signed in, and of a person whose place it isn't. */
export function createRoutes(device: Device) {
  const router = createRouter({ history: createWebHistory(), routes, scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 } })
  guardBack(router)
  router.beforeEach(async (to) => {
    if (to.meta.open === 'anyone') return true
    if (!(await device.db.read('identity'))) return { name: 'enrol' }
    if (to.meta.open === 'device') return true
    const grant = await device.people.current()
    // The hash and the query come along: after signing in, the person is where the link led.
    if (!grant) return { name: 'sign-in', query: { to: to.fullPath } }
    if (to.meta.roles && !to.meta.roles.some((role) => grant.roles.includes(role))) return { name: 'home' }
    return true
  })
  return router
}
