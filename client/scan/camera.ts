/** The camera of the device: its light, its zoom, and what of its picture a person sees. */
import { seenPart } from './aim.ts'

/** Why there is no picture. `insecure`: over plain HTTP a browser gives no camera. */
export const NO_PICTURE = ['denied', 'none', 'busy', 'insecure'] as const
export type NoPicture = (typeof NO_PICTURE)[number]
export type Zoom = { min: number; max: number }
export type Camera = {
  hasLight: boolean
  zoom: Zoom | null
  light(on: boolean): Promise<void>
  zoomTo(factor: number): Promise<void>
  /** The next picture, as far as it is seen; null once it is over. */
  next(): Promise<ImageData | null>
}

/** What browsers know beside the standard (Image Capture, W3C). */
type Lens = MediaTrackCapabilities & { torch?: boolean; zoom?: Zoom; focusMode?: string[] }
type Set = MediaTrackConstraintSet & { torch?: boolean; zoom?: number; focusMode?: string }
/** Wide enough for the bars of a pallet label; more only takes time. */
const WIDEST = 1280

/** Rejects when there is no camera, it is taken, or the person says no, as `next` does when it is taken away. Everything ends with the signal. */
export async function openCamera(video: HTMLVideoElement, signal: AbortSignal): Promise<Camera> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } } })
  const stop = () => {
    for (const track of stream.getTracks()) track.stop()
    video.srcObject = null
  }
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  signal.throwIfAborted()
  video.srcObject = stream
  await video.play()
  signal.throwIfAborted()
  const [track] = stream.getVideoTracks()
  // Another app took it, or the person took their yes back: no picture would ever come.
  const over = new AbortController()
  track?.addEventListener('ended', () => over.abort(new DOMException('the camera was taken away', 'AbortError')))
  signal.addEventListener('abort', () => over.abort())
  const lens: Lens = track?.getCapabilities?.() ?? {}
  const set = async (wanted: Set) => void (await track?.applyConstraints({ advanced: [wanted] }).catch(() => undefined))
  if (lens.focusMode?.includes('continuous')) await set({ focusMode: 'continuous' })

  const canvas = document.createElement('canvas')
  const glass = canvas.getContext('2d', { willReadFrequently: true })
  if (!glass) throw new Error('no 2d canvas')
  return {
    hasLight: lens.torch === true,
    zoom: lens.zoom && lens.zoom.max > lens.zoom.min ? lens.zoom : null,
    light: (torch) => set({ torch }),
    zoomTo: (zoom) => set({ zoom }),
    async next() {
      await pictureOf(video, over.signal)
      if (!signal.aborted) over.signal.throwIfAborted()
      if (signal.aborted || video.videoWidth === 0) return null
      const { x, y, width, height } = seenPart({ width: video.videoWidth, height: video.videoHeight }, { width: video.clientWidth, height: video.clientHeight })
      const scale = Math.min(1, WIDEST / Math.max(width, height))
      canvas.width = Math.round(width * scale)
      canvas.height = Math.round(height * scale)
      glass.drawImage(video, x, y, width, height, 0, 0, canvas.width, canvas.height)
      return glass.getImageData(0, 0, canvas.width, canvas.height)
    },
  }
}

/** The same for a picture that was taken by another app. */
export async function pictureIn(file: Blob): Promise<ImageData> {
  const bitmap = await createImageBitmap(file)
  const scale = Math.min(1, (2 * WIDEST) / Math.max(bitmap.width, bitmap.height))
  const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) })
  const glass = canvas.getContext('2d')
  if (!glass) throw new Error('no 2d canvas')
  glass.fillStyle = '#fff'
  glass.fillRect(0, 0, canvas.width, canvas.height)
  glass.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return glass.getImageData(0, 0, canvas.width, canvas.height)
}

export function noPicture(error: unknown): NoPicture | null {
  if (!navigator.mediaDevices?.getUserMedia) return 'insecure'
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return null
  }
}

/** Until the camera has another picture, so that none is read twice, or until it is over. */
const pictureOf = (video: HTMLVideoElement, signal: AbortSignal) =>
  new Promise<void>((done) => {
    const drawn = () => {
      signal.removeEventListener('abort', drawn)
      done()
    }
    if (signal.aborted) return done()
    signal.addEventListener('abort', drawn)
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(drawn)
    else requestAnimationFrame(drawn)
  })
