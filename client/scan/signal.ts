/** How an answer sounds and feels (LOOK): the three differ in rhythm and not only in pitch, for a noisy hall and for gloves. */
import { usePreferences } from '../preferences.ts'

export const SIGNS = ['right', 'wrong', 'ask'] as const
export type Sign = (typeof SIGNS)[number]

/** Hz, from when, how long (seconds). */
export const NOTES: Record<Sign, readonly [hertz: number, from: number, long: number][]> = {
  right: [[1320, 0, 0.1]],
  wrong: [
    [220, 0, 0.16],
    [196, 0.24, 0.26],
  ],
  ask: [
    [440, 0, 0.1],
    [880, 0.16, 0.14],
  ],
}
export const BUZZ: Record<Sign, number[]> = { right: [60], wrong: [120, 80, 120, 80, 120], ask: [60, 80, 60] }
const LOUD = 0.25

let speaker: AudioContext | undefined

/** Opening the loudspeaker may take a second: before it is wanted, so that the first scan is heard at once. */
export function warmUp(): void {
  try {
    speaker ??= new AudioContext()
  } catch {
    // no sound here
  }
}

/** Never fails and is never awaited: a browser that stays silent stops nobody's work. The eye comes first, the ear after the frame. */
export function signal(sign: Sign): void {
  const { sound, vibration } = usePreferences()
  if (vibration) buzz(sign)
  if (sound) setTimeout(() => play(sign))
}

export function buzz(sign: Sign): void {
  navigator.vibrate?.(BUZZ[sign])
}

export function play(sign: Sign): void {
  try {
    warmUp()
    if (!speaker) return
    void speaker.resume()
    const start = speaker.currentTime + 0.01
    for (const [hertz, from, long] of NOTES[sign]) {
      const note = speaker.createOscillator()
      const loud = speaker.createGain()
      note.type = sign === 'wrong' ? 'square' : 'sine'
      note.frequency.value = hertz
      loud.gain.setValueAtTime(LOUD, start + from)
      loud.gain.exponentialRampToValueAtTime(0.001, start + from + long)
      note.connect(loud).connect(speaker.destination)
      note.start(start + from)
      note.stop(start + from + long)
    }
  } catch {
    // no sound here
  }
}
