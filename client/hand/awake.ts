/** The glass stays lit while somebody works at it: a screen lock that is asked for again whenever the page is seen again. */

/** What of the browser is needed; a test hands in its own. */
export type Glass = {
  lock: Pick<WakeLock, 'request'> | undefined
  page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>
}
export type Awake = { want(wanted: boolean): void; held(): boolean; end(): void }

export function createAwake({ lock, page }: Glass): Awake {
  let wanted = false
  let sentinel: WakeLockSentinel | null = null
  let asking = false
  /** something changed while it was being asked for */
  let again = false

  /** Never fails: a browser that has no lock, or no battery for one, stops nobody's work. */
  async function settle(): Promise<void> {
    if (asking) {
      again = true
      return
    }
    if (!wanted) {
      const last = sentinel
      sentinel = null
      await last?.release().catch(() => undefined)
      return
    }
    if (sentinel || !lock || page.visibilityState !== 'visible') return
    asking = true
    try {
      const mine = await lock.request('screen')
      // The browser takes it back when the page is hidden.
      mine.addEventListener('release', () => {
        if (sentinel === mine) sentinel = null
      })
      sentinel = mine
    } catch {
      // asked for again when the page is next seen
    } finally {
      asking = false
    }
    if (!again && wanted) return
    again = false
    await settle()
  }
  const seen = () => void settle()
  page.addEventListener('visibilitychange', seen)

  return {
    want(now) {
      if (now === wanted) return
      wanted = now
      void settle()
    },
    held: () => sentinel !== null,
    end() {
      page.removeEventListener('visibilitychange', seen)
      wanted = false
      void settle()
    },
  }
}
