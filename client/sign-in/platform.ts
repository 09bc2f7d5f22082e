/** What kind of device this is, for the name that enrolment suggests. */

export type Platform = 'iphone' | 'ipad' | 'android-phone' | 'android-tablet' | 'windows' | 'mac' | 'linux' | 'other'

/** `touchPoints` tells an iPad from a Mac: it says it is one. */
export function platformOf({ userAgent, touchPoints }: { userAgent: string; touchPoints: number }): Platform {
  if (/iPhone|iPod/.test(userAgent)) return 'iphone'
  if (/iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)) return 'ipad'
  if (/Android/.test(userAgent)) return /Mobile/.test(userAgent) ? 'android-phone' : 'android-tablet'
  if (/Windows/.test(userAgent)) return 'windows'
  if (/Macintosh/.test(userAgent)) return 'mac'
  return /Linux|CrOS/.test(userAgent) ? 'linux' : 'other'
}

export const platformHere = (): Platform => platformOf({ userAgent: navigator.userAgent, touchPoints: navigator.maxTouchPoints })
