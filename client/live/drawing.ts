/** First what a person waits for is drawn, then the tables are asked what else has changed with it. */
import { type ShallowRef, shallowReadonly, shallowRef, watch } from 'vue'

/** A page that nobody sees draws nothing. */
const NO_FRAME_MS = 100

let held = 0
let drawn: Promise<void> | null = null
let letGo: () => void = () => {}

/** From the tap on. What it returns is called when the act is stored or was refused, and lets go after the next frame. */
export function drawFirst(): () => void {
  held += 1
  drawn ??= new Promise<void>((done) => {
    letGo = done
  })
  return () =>
    afterFrame(() => {
      held -= 1
      if (held > 0) return
      drawn = null
      letGo()
    })
}

/** What comes first now, if anything does: what is drawn, and of a first load the rest of a beat. */
export const drawing = (): Promise<void> | null => drawn ?? (loading ? restOfBeat() : null)

/** While a first load goes on, each page of it changes every list: they are asked again once a beat. */
const BEAT_MS = 700
let loading = false
let beat: Promise<void> | null = null
let endBeat: () => void = () => {}
export function pace(isLoading: boolean): void {
  loading = isLoading
  if (!loading) endBeat()
}
function restOfBeat(): Promise<void> {
  beat ??= new Promise<void>((done) => {
    endBeat = () => {
      beat = null
      done()
    }
    setTimeout(endBeat, BEAT_MS)
  })
  return beat
}

/** What may be drawn one frame later than what a person waits for. */
export function useNextFrame<T>(source: () => T): Readonly<ShallowRef<T>> {
  const later = shallowRef(source())
  watch(source, () => afterFrame(() => requestAnimationFrame(() => (later.value = source()))), { flush: 'sync' })
  return shallowReadonly(later)
}

/** Turns of their own, after a frame: one channel, since to make one costs a tap some of its time. */
const turns: (() => void)[] = []
let channel: MessageChannel | undefined
function nextTurn(then: () => void): void {
  channel ??= new MessageChannel()
  channel.port1.onmessage = () => turns.shift()?.()
  turns.push(then)
  channel.port2.postMessage(null)
}

function afterFrame(then: () => void): void {
  let done = false
  const once = () => {
    if (!done) then()
    done = true
  }
  setTimeout(once, NO_FRAME_MS)
  // Not in the frame's own turn, which ends by drawing.
  requestAnimationFrame(() => nextTurn(once))
}
