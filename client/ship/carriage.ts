/** Who carries the goods, as it was last entered on this device: at a dock the next order mostly goes the same way. */
import type { Ref } from 'vue'
import { useDraft } from '../drafts.ts'

export type Carriage = { carrier: string; vehicle: string; driver: string }

export function useLastCarriage(): Ref<Carriage> {
  return useDraft<Carriage>('carriage', { carrier: '', vehicle: '', driver: '' }).draft
}
