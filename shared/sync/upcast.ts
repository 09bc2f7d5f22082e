/**
 * Old queues are read for ever (SYNC §2): a command waits on a phone as the app of that day made it, and nobody rewrites it there.
 * Who reads one, device or server, reads it through this, as the newest version of its type.
 */

/** The payload of version v → that of version v + 1. */
export type Upcast = (payload: { readonly [field: string]: unknown }) => { [field: string]: unknown }

/** By type, the first from version 1. One that has shipped is never changed and never goes. */
export const UPCASTS: { readonly [type: string]: readonly Upcast[] } = {}

/** What is no object is left to the schema, which says so. */
export function upcast({ type, v, payload }: { type: string; v: number; payload: unknown }, upcasts = UPCASTS): unknown {
  if (typeof payload !== 'object' || payload === null || !Object.hasOwn(upcasts, type)) return payload
  return (upcasts[type] ?? []).slice(v - 1).reduce<{ [field: string]: unknown }>((older, step) => step(older), { ...payload })
}
