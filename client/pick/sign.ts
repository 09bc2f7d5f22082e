/** A place's code as the segments of its sign: C | 07 | 2. What is written otherwise is set as it is, in one piece. */
import type { PlaceSegment } from '../ui/place.ts'

export type Captions = { zone: string; row: string; level: string; bay: string }
/** More than fit side by side on a phone, and still large. */
const MOST_SEGMENTS = 4
const MOST_CHARS = 10

export function segmentsOf(place: string, captions: Captions): PlaceSegment[] {
  const codes = place.split(/[\s\-–/_.]+/u).filter((code) => code !== '')
  if (codes.length === 0) return []
  // A place with a name of its own says by itself what its parts are.
  if (codes.length > MOST_SEGMENTS || codes.join('').length > MOST_CHARS || /\p{Script=Han}/u.test(place)) return [{ code: place }]
  const words = [captions.zone, captions.row, captions.level, captions.bay]
  return codes.length === 1 ? codes.map((code) => ({ code })) : codes.map((code, i) => ({ code, caption: words[i] ?? '' }))
}
