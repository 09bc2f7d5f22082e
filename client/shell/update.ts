/**
 * Installing and updating the app: a new version waits until a person takes it, then every tab reloads, since the old
 * version's lazy parts leave the cache with it.
 */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Workbox } from 'workbox-window'

export const useUpdate = defineStore('update', () => {
  const waiting = ref(false)
  let worker: Workbox | null = null

  async function register(): Promise<void> {
    if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
    const { Workbox } = await import('workbox-window')
    worker = new Workbox('/service-worker.js')
    worker.addEventListener('waiting', () => (waiting.value = true))
    // In every tab: whoever took the update, this page's parts are gone. The first worker of all brings this page's own.
    let first = !(await navigator.serviceWorker.getRegistration())?.active
    worker.addEventListener('controlling', () => {
      if (!first) location.reload()
      first = false
    })
    const registration = await worker.register()
    if (registration?.waiting) waiting.value = true
  }

  return { waiting, register, /** Is there a newer one? */ look: async () => worker?.update(), take: () => worker?.messageSkipWaiting() }
})
