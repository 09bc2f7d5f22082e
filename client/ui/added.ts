/** What a key has added above itself is filled in next: the hand, and the eye, go there. */
import { nextTick } from 'vue'

export async function intoAdded({ currentTarget: key }: MouseEvent): Promise<void> {
  if (!(key instanceof Element)) return
  await nextTick()
  const added = key.previousElementSibling ?? key.parentElement?.previousElementSibling
  added?.querySelector<HTMLElement>('input, .filter-key')?.focus()
}
