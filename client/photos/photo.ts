/**
 * A file or a shot becomes the bytes that are kept: turned upright, made smaller, and encoded anew, so that nothing of the
 * camera's EXIF (place, person, device) leaves with it.
 */
import { QUALITY, sizeOf } from './size.ts'

/** Rejects when the browser can't read it as a picture. */
export async function photoBytes(file: Blob): Promise<Uint8Array> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    const { width, height } = sizeOf(picture.width, picture.height)
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = height
    const glass = canvas.getContext('2d')
    if (!glass) throw new Error('no 2d canvas')
    // What is clear in a PNG would turn black in a JPEG.
    glass.fillStyle = '#fff'
    glass.fillRect(0, 0, width, height)
    glass.imageSmoothingQuality = 'high'
    glass.drawImage(picture, 0, 0, width, height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
    // A browser that can't encode JPEG gives PNG instead of saying so.
    if (blob?.type !== 'image/jpeg') throw new Error(`the canvas gave ${blob?.type ?? 'nothing'}, wanted image/jpeg`)
    return new Uint8Array(await blob.arrayBuffer())
  } finally {
    picture.close()
  }
}
