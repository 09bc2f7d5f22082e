/** How large a photograph is kept: its longer side no longer than `MOST`, never enlarged, never without a pixel. */

export const MOST = 1600
/** Enough to read a label and see a dent, at about a tenth of what the camera gives. */
export const QUALITY = 0.8

export function sizeOf(width: number, height: number, most = MOST): { width: number; height: number } {
  const share = Math.min(1, most / Math.max(width, height, 1))
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) }
}
