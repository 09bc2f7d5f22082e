/** The camera as a reader of QR codes: what stands in its picture, as bytes, as often as one asks. Loaded when it is wanted. */
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'

/** Rejects when there is no camera or the person says no. Everything ends with the signal. */
export async function openReader(video: HTMLVideoElement, signal: AbortSignal): Promise<() => Promise<Uint8Array[]>> {
  const [stream] = await Promise.all([
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } } }),
    prepareZXingModule({ overrides: { locateFile: (path: string) => (path.endsWith('.wasm') ? wasm : path) }, fireImmediately: true }),
  ])
  const stop = () => {
    for (const track of stream.getTracks()) track.stop()
  }
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  video.srcObject = stream
  await video.play()
  const canvas = document.createElement('canvas')
  const glass = canvas.getContext('2d', { willReadFrequently: true })
  if (!glass) throw new Error('no 2d canvas')
  return async () => {
    await new Promise((drawn) => requestAnimationFrame(drawn))
    canvas.width = video.videoWidth
    canvas.height = video.videoHeight
    if (canvas.width === 0) return []
    glass.drawImage(video, 0, 0)
    const found = await readBarcodes(glass.getImageData(0, 0, canvas.width, canvas.height), { formats: ['QRCode'], maxNumberOfSymbols: 1 })
    return found.filter((each) => each.isValid).map((each) => each.bytes)
  }
}
