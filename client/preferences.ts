/** How this person wants the device to look, speak and lie in the hand. Kept on the device, applied to <html>. */
import { defineStore } from 'pinia'
import { reactive, ref, toRefs, watch } from 'vue'

export const LANGUAGES = ['zh-TW', 'zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
export const THEMES = ['auto', 'light', 'dark', 'outdoor'] as const
export type Theme = (typeof THEMES)[number]

export const TEXT_SIZES = ['normal', 'large', 'largest'] as const
export type TextSize = (typeof TEXT_SIZES)[number]
/** What is on or off, and what it is before anybody has said so. `awake`: the glass stays lit while one works. */
const SWITCHES = { glove: false, leftHand: false, awake: true, sound: true, vibration: true, speech: false }
export type Switch = keyof typeof SWITCHES

type Preferences = { language: Language; theme: Theme; text: TextSize } & { [name in Switch]: boolean }
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
  let kept: Partial<Record<keyof Preferences, unknown>> = {}
  try {
    kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') ?? {}
  } catch {
    // as if nothing had been kept
  }
  const switches = Object.entries(SWITCHES).map(([name, first]) => [name, typeof kept[name as Switch] === 'boolean' ? kept[name as Switch] : first])
  return {
    ...(Object.fromEntries(switches) as { [name in Switch]: boolean }),
    language: LANGUAGES.find((each) => each === kept.language) ?? languageOf(navigator.languages),
    theme: THEMES.find((each) => each === kept.theme) ?? 'auto',
    text: TEXT_SIZES.find((each) => each === kept.text) ?? 'normal',
  }
}

export const usePreferences = defineStore('preferences', () => {
  const state = reactive(stored())
  /** The language of whoever looks at the glass now; it is kept nowhere. */
  const lent = ref<Language | null>(null)
  const dark = matchMedia('(prefers-color-scheme: dark)')

  function apply() {
    const theme = state.theme === 'auto' ? (dark.matches ? 'dark' : 'light') : state.theme
    const root = document.documentElement
    root.lang = lent.value ?? state.language
    for (const each of THEMES) root.classList.toggle(each, each === theme)
    root.classList.toggle('glove', state.glove)
    root.classList.toggle('left-hand', state.leftHand)
    for (const each of TEXT_SIZES) root.classList.toggle(`text-${each}`, each === state.text)
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
  watch(lent, apply)
  apply()
  return { ...toRefs(state), lent }
})
