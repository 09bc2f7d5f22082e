/**
 * The languages. The words of the way in come with the first load, those of all other places behind it (`rest`); another
 * language is loaded when it is chosen, without a reload (DESIGN §5).
 */
import { createI18n, type MessageContext, type MessageFunction } from 'petite-vue-i18n'
import type { Language } from '../preferences.ts'
import type { Words } from './words.ts'
import type { messages as first } from './zh-TW/first.ts'
import type { messages as rest } from './zh-TW/rest.ts'

export type First = Words<typeof first>
export type Rest = Words<typeof rest>
type Load = { first(): Promise<{ messages: First }>; rest(): Promise<{ messages: Rest }> }

const LOAD: { readonly [language in Language]: Load } = {
  'zh-TW': { first: () => import('./zh-TW/first.ts'), rest: () => import('./zh-TW/rest.ts') },
  'zh-CN': { first: () => import('./zh-CN/first.ts'), rest: () => import('./zh-CN/rest.ts') },
  en: { first: () => import('./en/first.ts'), rest: () => import('./en/rest.ts') },
}

export const i18n = createI18n({ legacy: false, locale: 'zh-TW', fallbackLocale: false, messages: {}, missingWarn: false, fallbackWarn: false })

const begun = new Map<string, Promise<void>>()
let complete = false

function once(key: string, load: () => Promise<void>): Promise<void> {
  const loading = begun.get(key) ?? load()
  begun.set(key, loading)
  // What could not be had now is asked for again.
  loading.catch(() => begun.delete(key))
  return loading
}
const add = (language: Language, part: keyof Load) =>
  once(`${language} ${part}`, async () => {
    const flat = flattened((await LOAD[language][part]()).messages)
    i18n.global.setLocaleMessage(language, { ...i18n.global.getLocaleMessage(language), ...flat })
  })

type Said = string | MessageFunction<string>
type Nested = { readonly [key: string]: string | Nested }

/**
 * 'order.stages.placed' → what is said. The slim build of the library neither walks paths nor compiles text (20 kB less in the
 * first load); of its message syntax only `{name}` is used here, which a test holds the files to.
 */
function flattened(messages: Nested, path = ''): { [key: string]: Said } {
  const flat: { [key: string]: Said } = {}
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === 'object') Object.assign(flat, flattened(value, `${path}${key}.`))
    else flat[`${path}${key}`] = value.includes('{') ? saidWith(value) : value
  }
  return flat
}
function saidWith(text: string): MessageFunction<string> {
  return ({ named }: MessageContext) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(named(name)))
}

let wanted: Language | null = null
/** Speaks a language from now on; with everything that is loaded of the one before. Of two that were asked for, the later. */
export async function speak(language: Language): Promise<void> {
  wanted = language
  await Promise.all([add(language, 'first'), complete ? add(language, 'rest') : undefined])
  if (wanted === language) i18n.global.locale.value = language
}

/** The words of all places, before the first of them is shown. */
export async function speakOfEverything(language: Language): Promise<void> {
  complete = true
  await add(language, 'rest')
}
