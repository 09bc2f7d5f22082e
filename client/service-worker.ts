/** Keeps the app itself on the device: any deep link opens without a network. Data is never cached here; it lives in IndexedDB. */
/// <reference lib="webworker" />
import { clientsClaim } from 'workbox-core'
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (string | { url: string; revision: string | null })[] }

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api\//, /^\/healthz$/] }))
clientsClaim()

/** InstallEvent of Static Routing (Service Workers, W3C), which the types don't know yet and not every browser has. */
type StaticRouting = { addRoutes?(rules: { condition: { urlPattern: string }; source: 'network' }): Promise<void> }

// What goes to the server never wakes the worker: sooner there, and a worker that is to make room for a new one is not called back by
// a request (in Chromium it would then stay for five minutes, whatever the new one asks).
self.addEventListener('install', (event) => {
  event.waitUntil((event as StaticRouting).addRoutes?.({ condition: { urlPattern: '/api/*' }, source: 'network' }) ?? Promise.resolve())
})

self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting()
})
