/** Who carries the goods, as it was last entered on this device: at a dock the next order mostly goes the same way. */
import type { Ref } from 'vue'
import { useDraft } from '../drafts.ts'

/** `phone`: the driver's, since there is an advice to write it on. */
export type Carriage = { carrier: string; vehicle: string; driver: string; phone?: string }

export function useLastCarriage(): Ref<Carriage> {
  return useDraft<Carriage>('carriage', { carrier: '', vehicle: '', driver: '' }).draft
}
