/** Asks the server for what only it can do (people, devices, imports, history). Work never goes this way: it is issued. */
import type { Problem } from '../shared/sync/wire.ts'
import type { Device } from './device.ts'

/** `offline`: no answer that is ours came (no network, server down, a captive portal). */
export type Reply<T> = { ok: true; value: T } | { ok: false; offline: true } | { ok: false; offline: false; problem: Problem }
export type Asking = { method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; json?: unknown; body?: BodyInit; headers?: Record<string, string>; signal?: AbortSignal }

export async function ask<T>(device: Device, path: string, { method = 'GET', json, body, headers = {}, signal }: Asking = {}): Promise<Reply<T>> {
  const response = await answerTo(device, path, {
    method,
    headers: { ...(await credentials(device)), ...(json === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(json === undefined ? (body === undefined ? {} : { body }) : { body: JSON.stringify(json) }),
    ...(signal ? { signal } : {}),
  })
  if (!response) return { ok: false, offline: true }
  const type = response.headers.get('Content-Type') ?? ''
  if (response.status === 204) return { ok: true, value: undefined as T }
  if (!type.includes('json')) return { ok: false, offline: true }
  const value: unknown = await response.json().catch(() => null)
  if (value === null) return { ok: false, offline: true }
  return response.ok ? { ok: true, value: value as T } : { ok: false, offline: false, problem: value as Problem }
}

/** A file or a picture; null when it can't be had now. */
export async function askBytes(device: Device, path: string): Promise<Blob | null> {
  const response = await answerTo(device, path, { headers: await credentials(device) })
  return response?.ok ? response.blob().catch(() => null) : null
}

function answerTo(device: Device, path: string, init: RequestInit): Promise<Response | null> {
  return device.world.fetch(`${device.world.base}${path}`, init).catch(() => null)
}

/** The device's token, the grant of the person at it, and the language the answer is wanted in. */
export async function credentials({ db }: Pick<Device, 'db'>): Promise<Record<string, string>> {
  const identity = await db.read('identity')
  const current = (await db.read('current')) ?? ''
  const token = (await db.read('grants'))?.[current]
  return {
    ...(identity ? { Authorization: `Bearer ${identity.token}` } : {}),
    ...(token === undefined ? {} : { Grant: token }),
    ...spoken(),
  }
}

/** The language the answer is wanted in. */
export function spoken(): Record<string, string> {
  const language = typeof document === 'undefined' ? '' : document.documentElement.lang
  return language === '' ? {} : { Language: language }
}
