/** When what a camera reads is a scan: two equal reads in a row, once for as long as the code stays in the picture. */

/** A hand that shakes loses a code for some pictures; who scans it again takes the camera away for longer. */
export const AWAY_MS = 1000

export function createSteady() {
  let before: string | null = null
  /** what counted last, and when it was last seen */
  let counted: { code: string; seen: number } | null = null

  return {
    /** `code` is null where the picture has none, `at` ms on any clock. Answers with the code that counts now. */
    take(code: string | null, at: number): string | null {
      const twice = code !== null && code === before
      before = code
      if (code === null) return null
      if (counted?.code === code && at - counted.seen < AWAY_MS) {
        counted.seen = at
        return null
      }
      if (!twice) return null
      counted = { code, seen: at }
      return code
    },
  }
}
