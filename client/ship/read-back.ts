/** A read-back under way: kept on this device until the goods leave with it. What changed since is heard anew. */
import { computed, type Ref } from 'vue'
import { type Clause, clausesOf, differing, type ReadBack, type Reading, readingOf, unheard } from '../../shared/order/clauses.ts'
import { type Order, pickedOf } from '../../shared/order/order.ts'
import { useDraft } from '../drafts.ts'
import { useDevice } from '../live/device.ts'

type Draft = { /** null: who signed the shipping notice */ with: string | null; at: string; clauses: Reading[] }

export function useReadBack(id: string, order: Ref<Order | null | undefined>) {
  const { world } = useDevice()
  const first: Draft = { with: null, at: '', clauses: [] }
  const { draft, clear } = useDraft<Draft>(`read-back.${id}`, first)

  const clauses = computed<Clause[]>(() => {
    const { value: it } = order
    return it ? clausesOf(it, (no) => pickedOf(it, no)) : []
  })
  const open = computed(() => unheard(clauses.value, draft.value.clauses))
  const differ = computed(() => differing(clauses.value, draft.value.clauses))
  const reader = computed(() => draft.value.with ?? order.value?.signed.notice?.name ?? '')
  const saidOf = (clause: Clause): Reading | undefined => readingOf(draft.value.clauses, clause)

  function say({ id: clause, value }: Clause, ok: boolean, note = ''): void {
    const others = draft.value.clauses.filter((each) => each.id !== clause)
    draft.value = { ...draft.value, at: new Date(world.now()).toISOString(), clauses: [...others, { id: clause, value, ok, note }] }
  }
  function unsay({ id: clause }: Clause): void {
    draft.value = { ...draft.value, clauses: draft.value.clauses.filter((each) => each.id !== clause) }
  }
  const restart = () => {
    draft.value = { ...first, with: draft.value.with }
  }
  const readBy = (name: string) => {
    draft.value = { ...draft.value, with: name }
  }
  /** As it goes with the shipment, in the order of the clauses; undefined while nothing was heard. */
  const readBack = computed<ReadBack | undefined>(() => {
    const heard = clauses.value.flatMap((clause) => saidOf(clause) ?? [])
    return heard.length > 0 ? { with: reader.value, at: draft.value.at, clauses: heard } : undefined
  })
  return { clauses, open, differ, reader, at: computed(() => draft.value.at), saidOf, say, unsay, restart, readBy, readBack, clear }
}
