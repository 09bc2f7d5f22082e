/** What the screens say, by the keys of the message files: so that a test names a key of the screen and no wording. */
import { messages as enFirst } from '../../client/messages/en/first.ts'
import { messages as enRest } from '../../client/messages/en/rest.ts'
import { messages as cnFirst } from '../../client/messages/zh-CN/first.ts'
import { messages as cnRest } from '../../client/messages/zh-CN/rest.ts'
import { messages as twFirst } from '../../client/messages/zh-TW/first.ts'
import { messages as twRest } from '../../client/messages/zh-TW/rest.ts'
import type { Language } from '../../client/preferences.ts'

type Nested = { readonly [key: string]: string | Nested }
const MESSAGES: { readonly [language in Language]: Nested } = {
  'zh-TW': { ...twFirst, ...twRest },
  'zh-CN': { ...cnFirst, ...cnRest },
  en: { ...enFirst, ...enRest },
}

/** The words of a key; what they fill in may be anything. */
export function says(key: string, language: Language = 'zh-TW'): RegExp {
  const text = key.split('.').reduce<string | Nested | undefined>((at, part) => (typeof at === 'object' ? at[part] : undefined), MESSAGES[language])
  if (typeof text !== 'string') throw new Error(`no message ${key}`)
  // Whether a space breaks, the screen decides.
  return new RegExp(text.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/[ \u00a0]/g, '\\s')).join('.*'))
}

/** Every message of a language, 'place.key' → words. */
export function allOf(language: Language, messages: Nested = MESSAGES[language], path = ''): Map<string, string> {
  return new Map(Object.entries(messages).flatMap(([key, value]) => (typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...allOf(language, value, `${path}${key}.`)])))
}
