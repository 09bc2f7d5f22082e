/** A change of a factory standard: asked of the server, who alone says which version it is; and what became of it in words. */
import { ref } from 'vue'
import { useI18n } from 'petite-vue-i18n'
import type { StandardForm } from '../../shared/inspection/standard.ts'
import type { Site } from '../../shared/site/site.ts'
import { ask, type Asking } from '../api.ts'
import { useDevice } from '../live/device.ts'

export function useStandardChange() {
  const device = useDevice()
  const { t } = useI18n()
  const failed = ref<{ title: string; second?: string } | null>(null)
  const busy = ref(false)

  async function send(at: string, asking: Asking): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    const reply = await ask<Site>(device, `/api/site/${at}`, asking)
    busy.value = false
    failed.value = reply.ok ? null : reply.offline ? { title: t('settings.site.offline') } : { title: reply.problem.title, second: reply.problem.detail ?? '' }
    device.sync.poke('poke')
    return reply.ok
  }
  return {
    failed,
    busy,
    /** `was`: the version that was changed */
    save: (id: string, form: StandardForm, was: number) => send(`standards/${id}`, { method: 'PUT', json: { ...form, was } }),
    drop: (id: string) => send(`standards/${id}`, { method: 'DELETE' }),
    /** whether good lots earn reduced inspection */
    reduce: (reduced: boolean) => send('reduced', { method: 'PUT', json: { reduced } }),
  }
}
