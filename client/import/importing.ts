/** An import as the screen follows it: files go to the server, its state is asked for again while something runs. */
import { onScopeDispose, type Ref, readonly, ref, type ShallowRef, shallowReadonly, shallowRef, watch } from 'vue'
import { useI18n } from 'petite-vue-i18n'
import { useRoute, useRouter } from 'vue-router'
import type { FileChoice, ImportFile, ImportState, Mapping, Started } from '../../shared/import/wire.ts'
import type { Problem } from '../../shared/sync/wire.ts'
import { type Asking, ask, askBytes } from '../api.ts'
import { useDevice } from '../live/device.ts'

export type Sending = { name: string; size: number }
export type Importing = {
  readonly state: Readonly<ShallowRef<ImportState | null>>
  /** files on their way, the first one now */
  readonly sending: Readonly<Ref<readonly Sending[]>>
  readonly offline: Readonly<Ref<boolean>>
  /** what was answered no, until the next thing is done */
  readonly problem: Readonly<ShallowRef<Problem | null>>
  send(files: readonly File[]): Promise<void>
  choose(file: string, choice: FileChoice): Promise<void>
  remove(file: string): Promise<void>
  preview(mapping: Mapping): Promise<void>
  take(): Promise<void>
  end(): Promise<void>
  list(): Promise<Blob | null>
}

const AGAIN_MS = 400
const OFFLINE_MS = 3000

export function useImporting(): Importing {
  const device = useDevice()
  const route = useRoute()
  const router = useRouter()
  const { locale } = useI18n()
  const state = shallowRef<ImportState | null>(null)
  const sending = ref<Sending[]>([])
  const offline = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const gone = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  // The address carries the import: a reload goes on where it was.
  let id = typeof route.query.id === 'string' ? route.query.id : ''

  async function asked<T>(path: string, asking: Asking = {}): Promise<T | null> {
    const reply = await ask<T>(device, `/api/imports${path}`, { ...asking, signal: gone.signal })
    if (gone.signal.aborted) return null
    offline.value = !reply.ok && reply.offline
    if (reply.ok) return reply.value
    if (!reply.offline) problem.value = reply.problem
    if (!reply.offline && reply.problem.type === 'import-gone') await forget()
    return null
  }
  async function forget(): Promise<void> {
    id = ''
    state.value = null
    await router.replace({ query: {} })
  }
  async function look(): Promise<void> {
    clearTimeout(timer)
    if (id === '') return
    const found = await asked<ImportState>(`/${id}`)
    if (found) state.value = found
    if (gone.signal.aborted || id === '') return
    if (offline.value) timer = setTimeout(look, OFFLINE_MS)
    else if (state.value?.progress) timer = setTimeout(look, AGAIN_MS)
  }
  async function start(): Promise<boolean> {
    if (id !== '') return true
    const started = await asked<Started>('', { method: 'POST' })
    if (!started) return false
    id = started.id
    await router.replace({ query: { id } })
    return true
  }
  /** what is being told, by its path */
  const telling = new Map<string, Promise<void>>()
  /** One that runs answers with its state; the others are followed by a look. A hand that taps twice means it once. */
  function told(path: string, asking: Asking): Promise<void> {
    problem.value = null
    const mine = telling.get(path) ?? tell(path, asking).finally(() => telling.delete(path))
    telling.set(path, mine)
    return mine
  }
  async function tell(path: string, asking: Asking): Promise<void> {
    const found = await asked<ImportState>(`/${id}${path}`, asking)
    if (found) state.value = found
    await look()
  }
  const pathOf = (file: string) => `/files/${encodeURIComponent(file)}`
  async function changed(path: string, asking: Asking): Promise<void> {
    problem.value = null
    await asked<ImportFile>(`/${id}${path}`, asking)
    await look()
  }

  watch(locale, look)
  void look()
  onScopeDispose(() => {
    gone.abort()
    clearTimeout(timer)
  })

  return {
    state: shallowReadonly(state),
    sending: readonly(sending),
    offline: readonly(offline),
    problem: shallowReadonly(problem),
    async send(files) {
      problem.value = null
      sending.value = [...sending.value, ...files.map(({ name, size }) => ({ name, size }))]
      try {
        if (!(await start())) return
        for (const file of files) {
          await asked<ImportFile>(`/${id}${pathOf(file.name)}`, { method: 'PUT', body: file })
          sending.value = sending.value.filter((each) => each.name !== file.name)
          await look()
          if (offline.value || id === '') return
        }
      } finally {
        sending.value = sending.value.filter((each) => !files.some((file) => file.name === each.name))
      }
    },
    choose: (file, choice) => changed(pathOf(file), { method: 'PATCH', json: choice }),
    remove: (file) => changed(pathOf(file), { method: 'DELETE' }),
    preview: (mapping) => told('/preview', { method: 'POST', json: mapping }),
    take: () => told('/take', { method: 'POST' }),
    async end() {
      problem.value = null
      const ended = id
      await forget()
      if (ended !== '') await ask(device, `/api/imports/${ended}`, { method: 'DELETE' })
    },
    list: () => askBytes(device, `/api/imports/${id}/problems.csv`),
  }
}
