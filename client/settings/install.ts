/** Whether the app stands on the home screen, and how it gets there. */

/** Chromium's event, which no type library has. */
type InstallPrompt = Event & { prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }> }
export type InstallWay = 'installed' | 'prompt' | 'ios' | 'other'

let kept: InstallPrompt | null = null

/** Called once, early: the browser offers it soon after the page is there, and only once. */
export function keepInstallPrompt(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    kept = event as InstallPrompt
  })
}

export function installWay(): InstallWay {
  const alone = matchMedia('(display-mode: standalone)').matches || ('standalone' in navigator && navigator.standalone === true)
  if (alone) return 'installed'
  if (kept) return 'prompt'
  return /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1) ? 'ios' : 'other'
}

/** The browser asks the person. True when they took it. */
export async function install(): Promise<boolean> {
  const asked = kept
  kept = null
  return asked !== null && (await asked.prompt()).outcome === 'accepted'
}
