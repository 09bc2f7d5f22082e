/**
 * What goes on beside every screen, for a hand, an eye and an ear, and beyond this page. Loaded behind the first screen; what it
 * needs of Vue is handed in, since a part that shares half of the library with the first load would cut that in two.
 */
import type { Router } from 'vue-router'
import type { Device } from './device.ts'
import type { usePreferences } from './preferences.ts'
import { beginAtHeading } from './hand/arrival.ts'
import { createAwake } from './hand/awake.ts'
import { listenToKeys } from './hand/keyboard.ts'
import { lookOut } from './shell/lookout.ts'

/** Goods are in hand here, or on the way: the glass stays lit. */
const AT_WORK: ReadonlySet<unknown> = new Set(['pick', 'inspect', 'pack', 'load', 'load-trip', 'ship', 'trip', 'deliver', 'sign'])

/** `look` asks whether there is a newer version of the app. */
export function begin(device: Device, router: Router, preferences: ReturnType<typeof usePreferences>, look: () => Promise<void>): void {
  lookOut(device, look)
  listenToKeys()
  beginAtHeading(router)
  const awake = createAwake({ lock: navigator.wakeLock, page: document })
  const settle = () => awake.want(preferences.awake && AT_WORK.has(router.currentRoute.value.name))
  preferences.$subscribe(settle)
  router.afterEach(settle)
  settle()
}
