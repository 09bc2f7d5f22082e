/** Asks the server for what only it can do (people, devices, imports, history). Work never goes this way: it is issued. */
import type { Problem } from '../shared/sync/wire.ts'
import type { Device } from './device.ts'
import { bytesOf, PATIENCE_MS, parsed, within } from './sync/line.ts'

/** A file goes up as long as it takes. */
const FILE_MS = 600_000

/** `offline`: no answer that is ours came (no network, server down, a captive portal). */
export type Reply<T> = { ok: true; value: T } | { ok: false; offline: true } | { ok: false; offline: false; problem: Problem }
export type Asking = { method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; json?: unknown; body?: BodyInit; headers?: Record<string, string>; signal?: AbortSignal }

export async function ask<T>(device: Device, path: string, { method = 'GET', json, body, headers = {}, signal }: Asking = {}): Promise<Reply<T>> {
  const init: RequestInit = {
    method,
    headers: { ...(await credentials(device)), ...(json === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(json === undefined ? (body === undefined ? {} : { body }) : { body: JSON.stringify(json) }),
  }
  const heard = await answerTo(device, path, init, { ms: body === undefined ? PATIENCE_MS : FILE_MS, ...(signal ? { signal } : {}) })
  if (heard === 'offline') return { ok: false, offline: true }
  const { response, bytes } = heard
  const type = response.headers.get('Content-Type') ?? ''
  if (response.status === 204) return { ok: true, value: undefined as T }
  const value = type.includes('json') ? parsed(new TextDecoder().decode(bytes)) : null
  if (value === null) return { ok: false, offline: true }
  return response.ok ? { ok: true, value: value as T } : { ok: false, offline: false, problem: value as Problem }
}

/** A file or a picture; null when it can't be had now. */
export async function askBytes(device: Device, path: string): Promise<Blob | null> {
  const heard = await answerTo(device, path, { headers: await credentials(device) })
  return heard !== 'offline' && heard.response.ok ? new Blob([heard.bytes], { type: heard.response.headers.get('Content-Type') ?? '' }) : null
}

/** Whole, or not at all: what never comes is no answer, and no screen waits for it. */
export function answerTo({ world }: Device, path: string, init: RequestInit, { ms = PATIENCE_MS, signal }: { ms?: number; signal?: AbortSignal } = {}) {
  const asking = async (over: AbortSignal, alive: () => void) => {
    const response = await world.fetch(`${world.base}${path}`, { ...init, signal: over })
    return { response, bytes: await bytesOf(response, alive) }
  }
  return within(world, ms, asking, signal)
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
