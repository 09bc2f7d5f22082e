/** Puts the device together and shows it. */
import './ui/look.css'
import { createPinia } from 'pinia'
import { createApp, watch } from 'vue'
import App from './App.vue'
import { browserWorld } from './browser-world.ts'
import { openDevice, rules } from './device.ts'
import { deviceKey } from './live/device.ts'
import { pace } from './live/drawing.ts'
import { i18n, speak, speakOfEverything } from './messages/messages.ts'
import { usePreferences } from './preferences.ts'
import { createRoutes } from './routes.ts'
import { keepInstallPrompt } from './settings/install.ts'
import { waitForParts } from './shell/part.ts'
import { useUpdate } from './shell/update.ts'

const device = openDevice({ world: browserWorld() })
const router = createRoutes(device)
const app = createApp(App).use(createPinia()).use(i18n).use(router).provide(deviceKey, device)

const preferences = usePreferences()
/** The words, the looks and the rules of the places behind the way in: they come while a person signs in, and a place waits for them. */
const furnish = () => Promise.all([speakOfEverything(preferences.language), import('./ui/look-later.css'), rules()])
/** Open without anybody signed in, and yet no part of the way in. */
const BESIDE: ReadonlySet<unknown> = new Set(['sync', 'rescue', 'settings'])
router.beforeResolve(async (to) => {
  if (to.meta.open === undefined || BESIDE.has(to.name)) await furnish()
})
/** A reload in a place behind the way in fetches all that it needs at once, while the tables are opened. */
const here = router.resolve(location.pathname)
if (here.meta.open === undefined) {
  const screen = here.matched.at(-1)?.components?.default as unknown
  void Promise.all([furnish(), typeof screen === 'function' ? (screen as () => unknown)() : null]).catch(() => undefined)
}

waitForParts(router)

// The browser threw away what was in the tables: nothing can be recorded until the device joins anew.
device.onReopened(async () => {
  if (router.currentRoute.value.meta.open !== 'anyone' && !(await device.people.enrolled())) await router.replace({ name: 'enrol', query: { cleared: '' } })
})

await speak(preferences.language)
watch(() => preferences.lent ?? preferences.language, speak)

device.sync.subscribe(({ loading }) => pace(loading !== null))
device.sync.start()
addEventListener('online', () => device.sync.poke('online'))
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && device.sync.poke('visible'))
// Asked for, never awaited: in one browser the answer never comes.
void navigator.storage?.persist?.()

keepInstallPrompt()

app.mount('#app')
void furnish()
void import('./begin.ts').then(({ begin }) => begin(device, router, preferences, useUpdate().look)).catch(() => undefined)
// Where it can't be installed, it works in reach; each start tries again.
void useUpdate().register().catch(() => undefined)
