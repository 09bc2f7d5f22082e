/**
 * What a hand, an eye and an ear need of the whole app. Loaded behind the first screen; what it needs of Vue is handed in, since
 * a part that shares half of the library with the first load would cut that in two.
 */
import type { Router } from 'vue-router'
import type { usePreferences } from '../preferences.ts'
import { beginAtHeading } from './arrival.ts'
import { createAwake } from './awake.ts'
import { listenToKeys } from './keyboard.ts'

/** Goods are in hand here, or on the way: the glass stays lit. */
const AT_WORK: ReadonlySet<unknown> = new Set(['pick', 'inspect', 'pack', 'load', 'load-trip', 'ship', 'trip', 'deliver', 'sign'])

export function begin(router: Router, preferences: ReturnType<typeof usePreferences>): void {
  listenToKeys()
  beginAtHeading(router)
  const awake = createAwake({ lock: navigator.wakeLock, page: document })
  const settle = () => awake.want(preferences.awake && AT_WORK.has(router.currentRoute.value.name))
  preferences.$subscribe(settle)
  router.afterEach(settle)
  settle()
}
