/** The languages: one is loaded at the start, another when it is chosen; no reload (DESIGN §5). */
import { createI18n } from 'vue-i18n'
import type { Language } from '../preferences.ts'
import type { messages as zhTW } from './zh-TW/all.ts'
import type { Words } from './words.ts'

export type Messages = Words<typeof zhTW>

const LOAD: { readonly [language in Language]: () => Promise<{ messages: Messages }> } = {
  'zh-TW': () => import('./zh-TW/all.ts'),
  'zh-CN': () => import('./zh-CN/all.ts'),
  en: () => import('./en/all.ts'),
}

export const i18n = createI18n({ legacy: false, locale: 'zh-TW', fallbackLocale: false, messages: {}, missingWarn: false, fallbackWarn: false })

export async function speak(language: Language): Promise<void> {
  if (!i18n.global.availableLocales.includes(language)) i18n.global.setLocaleMessage(language, (await LOAD[language]()).messages)
  i18n.global.locale.value = language
}
