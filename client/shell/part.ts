/**
 * A part of the app that can't be fetched: it is of an older version and gone, then the page is loaded anew where it was to go. Or the
 * server is out of reach: then the page stays as it is, with the work that is on it.
 */
import { ref } from 'vue'
import type { Router } from 'vue-router'

/** How often a server that is out of reach is asked for, where nothing is on the screen yet; and how long it is said where something is. */
const AGAIN_MS = 3000
const SAID_MS = 8000
const NOT_FETCHED = /dynamically imported module|Importing a module script failed|error loading dynamically|Unable to preload/i

/** A screen was wanted that can't be fetched now. */
export const lacking = ref(false)

export function waitForParts(router: Router): void {
  let last = Symbol()
  router.onError(async (error, to) => {
    if (!NOT_FETCHED.test(String(error))) return
    const mine = Symbol()
    last = mine
    const bare = router.currentRoute.value.matched.length === 0
    while (!(await reached())) {
      lacking.value = true
      await new Promise((done) => setTimeout(done, bare ? AGAIN_MS : SAID_MS))
      if (last !== mine) return
      lacking.value = bare
      if (!bare) return
    }
    // An address with a hash, of where it is already, would lead there without a load.
    if (bare) location.reload()
    else location.assign(to.fullPath)
  })
}

/** By our own server: a network that wants to be signed in at answers with its own page. */
const reached = () => fetch('/healthz', { cache: 'no-store' }).then(({ ok, headers }) => ok && (headers.get('Content-Type') ?? '').includes('json'), () => false)
