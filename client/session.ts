/** Who is at the device, and what the device is: read live from its tables, so that every tab knows at once. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { actorOf } from '../shared/people/grant.ts'
import type { Actor, Role } from '../shared/people/role.ts'
import { useDevice } from './live/device.ts'
import { siteHere } from './live/docs.ts'
import { useLive } from './live/live.ts'

export const useSession = defineStore('session', () => {
  const device = useDevice()
  const identity = useLive(async () => (await device.db.read('identity')) ?? null).value
  const grant = useLive(() => device.people.current()).value
  const siteDoc = useLive(() => siteHere(device.db)).value

  /** null when the device is locked */
  const actor = computed<Actor | null>(() => (grant.value && identity.value ? { ...actorOf(grant.value), device: identity.value.device } : null))
  const site = computed(() => siteDoc.value ?? null)
  return {
    identity,
    grant,
    actor,
    site,
    zone: computed(() => identity.value?.zone ?? 'Asia/Taipei'),
    currency: computed(() => identity.value?.currency ?? 'TWD'),
    has: (...roles: Role[]) => roles.some((role) => actor.value?.roles.includes(role)),
  }
})
