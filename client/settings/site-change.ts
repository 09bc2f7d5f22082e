/** A change of the site by its supervisor: asked of the server, and what became of it in words. */
import { ref } from 'vue'
import { useI18n } from 'petite-vue-i18n'
import type { Site, SiteForm } from '../../shared/site/site.ts'
import { ask } from '../api.ts'
import { useDevice } from '../live/device.ts'

export function useSiteChange() {
  const device = useDevice()
  const { t } = useI18n()
  const said = ref<{ title: string; second?: string; icon: 'recorded' | 'refused' } | null>(null)
  const busy = ref(false)

  async function change(json: SiteForm): Promise<void> {
    if (busy.value) return
    busy.value = true
    const reply = await ask<Site>(device, '/api/site', { method: 'PATCH', json })
    busy.value = false
    if (reply.ok) {
      said.value = { icon: 'recorded', title: t('settings.site.saved') }
      device.sync.poke('poke')
    } else if (reply.offline) said.value = { icon: 'refused', title: t('settings.site.offline') }
    else said.value = { icon: 'refused', title: reply.problem.title, second: reply.problem.detail ?? '' }
  }
  return { said, busy, change }
}
