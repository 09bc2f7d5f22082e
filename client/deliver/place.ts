/** Where the device is, asked for by a tap and waited for no longer than a person would: no place is an answer too. */
import type { Place } from '../../shared/order/order.ts'

const MOST_MS = 4000
const FRESH_MS = 60_000

/** Null when the person or the browser says no, or when it takes too long. */
export function placeNow(geolocation: Geolocation | undefined = navigator.geolocation): Promise<Place | null> {
  if (!geolocation) return Promise.resolve(null)
  return new Promise((resolve) => {
    // The browser's own time limit does not run while it asks for permission.
    const late = setTimeout(() => resolve(null), MOST_MS)
    const answer = (place: Place | null) => {
      clearTimeout(late)
      resolve(place)
    }
    geolocation.getCurrentPosition(
      ({ coords }) => answer({ latitude: coords.latitude, longitude: coords.longitude, accuracyM: Math.min(100_000, Math.max(0, coords.accuracy)) }),
      () => answer(null),
      { enableHighAccuracy: true, maximumAge: FRESH_MS, timeout: MOST_MS },
    )
  })
}
