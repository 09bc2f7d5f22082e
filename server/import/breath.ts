/** Long work lets others in: phones that sync must not wait for a file. */

/** Taken when the module loads: a test that turns the clock must not stop an import. */
const soon = setImmediate
const LONGEST_MS = 8

/** `await breath()` now and then: it gives way when the work has held the thread for some ms. Throws when the work was called off. */
export function createBreath(signal: AbortSignal): () => Promise<void> | undefined {
  let since = performance.now()
  return () => {
    if (performance.now() - since < LONGEST_MS) return undefined
    signal.throwIfAborted()
    return new Promise<void>((resolve) =>
      soon(() => {
        since = performance.now()
        resolve()
      }),
    )
  }
}
