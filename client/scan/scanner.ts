/** Hears a scanner that types, on any screen that wants one. A camera will come to the same door. */
import { onScopeDispose } from 'vue'
import { createStream } from './stream.ts'

const WRITES = 'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]'

/** A field that is being written in keeps its own keys: a scanner that types there ends with Enter, which its form submits. */
export function useScanner(scanned: (code: string) => void): void {
  const stream = createStream()
  function hear(event: KeyboardEvent) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return
    if (event.target instanceof Element && event.target.closest(WRITES)) return
    const heard = stream.hear({ key: event.key, at: event.timeStamp })
    if (heard.ours) {
      event.preventDefault()
      event.stopPropagation()
    }
    if (heard.code !== null) scanned(heard.code)
  }
  addEventListener('keydown', hear, { capture: true })
  onScopeDispose(() => removeEventListener('keydown', hear, { capture: true }))
}
