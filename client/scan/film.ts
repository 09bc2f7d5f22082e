/** The camera as a scanner, while somebody wants it: opens, reads, rests, and lets go. */
import { onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'
import { aimedAt } from './aim.ts'
import { type Camera, type NoPicture, noPicture, openCamera } from './camera.ts'
import { type Decoder, openDecoder } from './decoder.ts'
import { scanned } from './hearers.ts'
import { createSteady } from './steady.ts'

/**
 * It stays open after a scan: to open it takes a phone about a second, more than the way to most codes. What heats is reading and the
 * sensor, so it reads this often at most, less when there has been nothing for a while, and after REST_MS lets go of the camera until
 * somebody touches the screen.
 */
const READ_MS = 70
const SLOW_MS = 250
const SLOW_AFTER_MS = 6_000
export const REST_MS = 25_000
const ZOOMS = [1, 2, 3, 5]

/** What the person set, for the next time the camera opens. */
const lens = { light: false, zoom: 1 }

export type FilmState = 'opening' | 'filming' | 'resting' | 'failed'

export function useFilm(video: Readonly<Ref<HTMLVideoElement | null>>) {
  const state = ref<FilmState>('opening')
  const why = shallowRef<{ no: NoPicture | null; error: string }>({ no: null, error: '' })
  const read = ref('')
  const camera = shallowRef<Camera | null>(null)
  const light = ref(false)
  const zoom = ref(1)
  const life = new AbortController()
  let run = new AbortController()
  let decoder: Decoder | null = null
  const decode: Decoder = (picture, how) => {
    decoder ??= openDecoder(life.signal)
    return decoder(picture, how)
  }

  async function open() {
    const glass = video.value
    if (!glass || life.signal.aborted || document.hidden) return
    run.abort()
    run = new AbortController()
    const { signal } = run
    state.value = 'opening'
    try {
      const opened = await openCamera(glass, signal)
      camera.value = opened
      if (lens.light && opened.hasLight) await shine(true)
      if (lens.zoom > 1 && opened.zoom) await zoomTo(lens.zoom)
      state.value = 'filming'
      await look(opened, signal)
    } catch (error) {
      if (signal.aborted) return
      run.abort()
      camera.value = null
      why.value = { no: noPicture(error), error: error instanceof Error ? error.message || error.name : String(error) }
      state.value = 'failed'
    }
  }
  async function look(from: Camera, signal: AbortSignal) {
    const steady = createSteady()
    let last = performance.now()
    let hard = false
    while (!signal.aborted) {
      const began = performance.now()
      const picture = await from.next()
      if (!picture) continue
      const size = { width: picture.width, height: picture.height }
      const aimed = aimedAt(await decode(picture, hard ? 'hard' : 'quick'), size)
      if (signal.aborted) return
      // What was read one way is looked for the same way again; otherwise they take turns.
      if (!aimed) hard = !hard
      const now = performance.now()
      const code = steady.take(aimed?.code ?? null, now)
      if (aimed) last = now
      if (code !== null) {
        read.value = code
        scanned(code, aimed?.symbol)
      }
      if (now - last > REST_MS) return rest()
      const pace = now - last > SLOW_AFTER_MS ? SLOW_MS : READ_MS
      await new Promise((done) => setTimeout(done, pace - (now - began)))
    }
  }
  function letGo() {
    run.abort()
    camera.value = null
    light.value = false
    zoom.value = 1
  }
  function rest() {
    letGo()
    state.value = 'resting'
  }

  async function shine(on: boolean) {
    await camera.value?.light(on)
    light.value = on
    lens.light = on
  }
  async function zoomTo(wanted: number) {
    const can = camera.value?.zoom
    if (!can) return
    const factor = Math.min(can.max, Math.max(can.min, wanted))
    await camera.value?.zoomTo(factor)
    zoom.value = factor
    lens.zoom = factor
  }
  const zoomOn = () => {
    const most = camera.value?.zoom?.max ?? 1
    return zoomTo(ZOOMS.find((each) => each > zoom.value && each <= most) ?? 1)
  }

  function wake() {
    if (state.value === 'resting') void open()
  }
  function seen() {
    if (document.hidden) {
      if (state.value === 'opening' || state.value === 'filming') letGo()
    } else if (state.value === 'opening' || state.value === 'filming') void open()
  }
  addEventListener('pointerdown', wake, { capture: true })
  document.addEventListener('visibilitychange', seen)
  onScopeDispose(() => {
    removeEventListener('pointerdown', wake, { capture: true })
    document.removeEventListener('visibilitychange', seen)
    letGo()
    life.abort()
  })
  watch(video, (glass) => glass && void open(), { immediate: true })

  return { state, why, read, camera, light, zoom, open, shine, zoomOn, decode }
}
