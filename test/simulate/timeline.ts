/** Time as the simulation has it: it stands still while anything can go on, then jumps to what is next. */
import { quiet } from './platform.ts'

type Event = { at: number; nth: number; happen(): void }

export class Timeline {
  now: number
  #events: Event[] = []
  #count = 0

  constructor(now: number) {
    this.now = now
  }

  /** Returns what takes it back. */
  in(ms: number, happen: () => void): () => void {
    const event = { at: this.now + Math.ceil(Math.max(0, ms)), nth: this.#count++, happen }
    const place = this.#events.findIndex((each) => each.at > event.at)
    this.#events.splice(place < 0 ? this.#events.length : place, 0, event)
    return () => {
      const place = this.#events.indexOf(event)
      if (place >= 0) this.#events.splice(place, 1)
    }
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const back = this.in(ms, resolve)
      signal?.addEventListener('abort', () => {
        back()
        resolve()
      })
    })
  }

  /** `look` is called whenever nothing goes on. */
  async until(end: number, look: () => void): Promise<void> {
    await quiet()
    look()
    for (let next = this.#events[0]; next && next.at <= end; next = this.#events[0]) {
      this.#events.shift()
      this.now = Math.max(this.now, next.at)
      next.happen()
      await quiet()
      look()
    }
    this.now = Math.max(this.now, end)
  }

  /** Nothing more will happen. */
  end(): void {
    this.#events = []
  }
}
