/** How this person wants the device to look and speak. Kept on the device, applied to <html>. */
import { defineStore } from 'pinia'
import { reactive, toRefs, watch } from 'vue'

export const LANGUAGES = ['zh-TW', 'zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
export const THEMES = ['auto', 'light', 'dark', 'outdoor'] as const
export type Theme = (typeof THEMES)[number]

type Preferences = { language: Language; theme: Theme; glove: boolean }
const KEY = 'preferences'

/** The first of the browser's languages that we speak; Traditional Chinese otherwise. */
export function languageOf(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    if (/^zh-(cn|sg|hans)/i.test(tag)) return 'zh-CN'
    if (/^zh/i.test(tag)) return 'zh-TW'
    if (/^en/i.test(tag)) return 'en'
  }
  return 'zh-TW'
}

function stored(): Preferences {
  const first: Preferences = { language: languageOf(navigator.languages), theme: 'auto', glove: false }
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Record<keyof Preferences, unknown>>
    return {
      language: LANGUAGES.find((each) => each === kept.language) ?? first.language,
      theme: THEMES.find((each) => each === kept.theme) ?? first.theme,
      glove: kept.glove === true,
    }
  } catch {
    return first
  }
}

export const usePreferences = defineStore('preferences', () => {
  const state = reactive(stored())
  const dark = matchMedia('(prefers-color-scheme: dark)')

  function apply() {
    const theme = state.theme === 'auto' ? (dark.matches ? 'dark' : 'light') : state.theme
    const root = document.documentElement
    root.lang = state.language
    for (const each of THEMES) root.classList.toggle(each, each === theme)
    root.classList.toggle('glove', state.glove)
    const counter = getComputedStyle(root).getPropertyValue('--counter').trim()
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', counter)
  }

  dark.addEventListener('change', apply)
  watch(
    state,
    () => {
      localStorage.setItem(KEY, JSON.stringify(state))
      apply()
    },
    { deep: true },
  )
  apply()
  return toRefs(state)
})
