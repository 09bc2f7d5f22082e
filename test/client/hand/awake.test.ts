/** The glass stays lit while somebody works, and goes dark as always when they don't. */
import { describe, expect, test } from 'vitest'
import { createAwake } from '../../../client/hand/awake.ts'
import { settled } from '../../support/open-phone.ts'

/** A browser's locks, and a page that is hidden and seen again. */
function openGlass({ refuses = false } = {}) {
  const held = new Set<EventTarget>()
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState })
  let asked = 0
  const lock = {
    async request() {
      asked += 1
      if (refuses || page.visibilityState === 'hidden') throw new DOMException('not now', 'NotAllowedError')
      const sentinel = Object.assign(new EventTarget(), {
        async release() {
          held.delete(sentinel)
          sentinel.dispatchEvent(new Event('release'))
        },
      })
      held.add(sentinel)
      return sentinel as unknown as WakeLockSentinel
    },
  }
  return {
    lock,
    page,
    lit: () => held.size,
    asked: () => asked,
    async turn(visibilityState: DocumentVisibilityState) {
      page.visibilityState = visibilityState
      // As browsers do: a hidden page loses what it holds.
      if (visibilityState === 'hidden') for (const each of [...held]) await (each as unknown as WakeLockSentinel).release()
      page.dispatchEvent(new Event('visibilitychange'))
      await settled()
    },
  }
}

describe('the glass', () => {
  test('is lit while one works, and no longer', async () => {
    const glass = openGlass()
    const awake = createAwake(glass)
    awake.want(true)
    await settled()
    expect(glass.lit()).toBe(1)
    awake.want(false)
    await settled()
    expect(glass.lit()).toBe(0)
    expect(awake.held()).toBe(false)
  })
  test('is lit though the page was hidden and seen again while it was being asked for', async () => {
    const glass = openGlass()
    const answers = Promise.withResolvers<never>()
    const asks = [() => answers.promise, () => glass.lock.request()]
    const awake = createAwake({ ...glass, lock: { request: () => (asks.shift() ?? asks[0])?.() ?? answers.promise } })
    awake.want(true)
    await glass.turn('hidden')
    await glass.turn('visible')
    answers.reject(new DOMException('not now', 'NotAllowedError'))
    await settled()
    expect(awake.held()).toBe(true)
  })
  test('is lit again when the page is seen again, but not after the work is over', async () => {
    const glass = openGlass()
    const awake = createAwake(glass)
    awake.want(true)
    await settled()
    await glass.turn('hidden')
    expect(glass.lit()).toBe(0)
    await glass.turn('visible')
    expect(glass.lit()).toBe(1)
    await glass.turn('hidden')
    awake.want(false)
    await glass.turn('visible')
    expect(glass.lit()).toBe(0)
  })
  test('is let go when the work ends while the lock is still being asked for', async () => {
    const glass = openGlass()
    const awake = createAwake(glass)
    awake.want(true)
    awake.want(false)
    await settled()
    expect(glass.lit()).toBe(0)
  })
  test('holds one lock, however often it is asked for', async () => {
    const glass = openGlass()
    const awake = createAwake(glass)
    awake.want(true)
    for (let i = 0; i < 3; i++) await glass.turn('visible')
    expect(glass.lit()).toBe(1)
  })
  test('that cannot be kept lit stops nobody', async () => {
    for (const glass of [openGlass({ refuses: true }), { ...openGlass(), lock: undefined }]) {
      const awake = createAwake(glass)
      awake.want(true)
      await settled()
      expect(awake.held()).toBe(false)
      awake.end()
    }
  })
})
