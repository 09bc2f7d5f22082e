/** What is said aloud, in the person's language, by a voice of the device; without such a voice nothing is. */
import type { Language } from '../preferences.ts'

/** The voices that speak a language, best first. A voice of the other shore reads the same words; a Cantonese one does not. */
const VOICES: { readonly [language in Language]: readonly RegExp[] } = {
  'zh-TW': [/^(zh|cmn)(-hant)?-tw/, /^(zh|cmn)-hant$/, /^(zh|cmn)(-hans)?-cn/, /^(zh|cmn)$/],
  'zh-CN': [/^(zh|cmn)(-hans)?-cn/, /^(zh|cmn)-hans$/, /^(zh|cmn)$/, /^(zh|cmn)(-hant)?-tw/],
  en: [/^en-(us|gb)/, /^en/],
}

type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'localService'>
/** Of equal ones that which needs no network. */
export function voiceFor<V extends Voice>(language: Language, voices: readonly V[]): V | null {
  for (const tag of VOICES[language]) {
    const fitting = voices.filter(({ lang }) => tag.test(lang.replace('_', '-').toLowerCase()))
    if (fitting.length > 0) return fitting.find(({ localService }) => localService) ?? fitting[0] ?? null
  }
  return null
}

/** `none`: there is nobody to say it. What is being said is broken off: only the newest counts. */
export function speak(text: string, language: Language): 'said' | 'none' {
  if (!('speechSynthesis' in globalThis)) return 'none'
  speechSynthesis.cancel()
  const voice = voiceFor(language, speechSynthesis.getVoices())
  if (!voice || text === '') return 'none'
  const words = new SpeechSynthesisUtterance(text)
  words.voice = voice
  words.lang = voice.lang
  speechSynthesis.speak(words)
  return 'said'
}
export const hush = (): void => void globalThis.speechSynthesis?.cancel()

/** Voices come some time after they are first asked for. `heard` is called when they have changed. */
export function onVoices(heard: () => void): () => void {
  const voices = globalThis.speechSynthesis
  voices?.getVoices()
  voices?.addEventListener?.('voiceschanged', heard)
  return () => voices?.removeEventListener?.('voiceschanged', heard)
}
export const hasVoice = (language: Language): boolean => voiceFor(language, globalThis.speechSynthesis?.getVoices() ?? []) !== null

/** A-03-2 sign by sign, so that nobody hears a date, a sum or a dash. */
export const spokenPlace = (place: string): string =>
  place
    .split(/[-\s./_]+/)
    .filter((part) => part !== '')
    .map((part) => (/^[A-Za-z0-9]{1,4}$/.test(part) ? [...part].join(' ') : part))
    .join(', ')

/**
 * 12 → 十二, and 2 before a unit → 兩: a voice that is given the figure says 二. `numerals` are the language's nought to nine, ten,
 * hundred, thousand and the two that counts. Where it has none, above 9,999 and with a fraction the voice gets the figure.
 */
export function spokenCount(count: number, numerals: string): string {
  const [ten, hundred, thousand, two] = [...numerals].slice(10)
  if (ten === undefined || two === undefined || !Number.isInteger(count) || count < 0 || count > 9999) return String(count)
  if (count === 2) return two
  const nought = numerals.charAt(0)
  let said = ''
  for (const [unit, sign = ''] of [[1000, thousand], [100, hundred], [10, ten], [1]] as [number, string?][]) {
    const digit = Math.floor(count / unit) % 10
    if (digit === 0) continue
    // One nought for a gap inside, none for one at the end. Ten itself has no one before it.
    if (said !== '' && Math.floor(count / (unit * 10)) % 10 === 0) said += nought
    if (!(digit === 1 && unit === 10 && said === '')) said += digit === 2 && unit >= 100 && said === '' ? two : numerals.charAt(digit)
    said += sign
  }
  return said || nought
}
