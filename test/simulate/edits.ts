/**
 * The switch that only the simulation can reach: source as it is loaded, with a few words in it put otherwise. The product knows
 * nothing of it. An edit that no longer fits the source is an error, so that a mutant never sleeps.
 */
import { registerHooks } from 'node:module'

/** `file` from the project's root; `find` stands in it exactly once. */
export type Edit = { file: string; find: string; put: string }

/** Small pages, so that short shifts meet their ends. */
export const SCALE: readonly Edit[] = [
  { file: 'shared/sync/wire.ts', find: 'export const MAX_COMMANDS = 100', put: 'export const MAX_COMMANDS = 4' },
  { file: 'shared/sync/wire.ts', find: 'export const PAGE_DOCS = 200', put: 'export const PAGE_DOCS = 3' },
  { file: 'shared/sync/wire.ts', find: 'export const LOAD_DOCS = 500', put: 'export const LOAD_DOCS = 3' },
  { file: 'shared/sync/wire.ts', find: 'export const LOAD_SIZE = 1024 * 1024', put: 'export const LOAD_SIZE = 3000' },
  { file: 'server/sync/hub.ts', find: 'const MOST_DOCS = 20', put: 'const MOST_DOCS = 2' },
  // Half of all orders, whatever lists they stand in: few are closed when somebody loads.
  { file: 'shared/work/register.ts', find: 'entries.every((entry) => mayBeRegistered(listName(entry)))', put: "'02468ace'.includes(doc.body.id.at(-1) ?? '')" },
  { file: 'client/pictures.ts', find: 'const PIECE = 128 * 1024', put: 'const PIECE = 128' },
]

/** As if a field of a fact once had another name: a phone whose app is old goes on making it as it was (device.ts). */
export const YESTERDAY: readonly Edit[] = [
  { file: 'shared/sync/upcast.ts', find: 'readonly Upcast[] } = {}', put: 'readonly Upcast[] } = { PickLine: [({ pieces, ...rest }) => ({ ...rest, quantity: pieces })] }' },
  { file: 'shared/order/commands.ts', find: 'export type CommandType = keyof', put: 'Object.assign(COMMANDS.PickLine, { v: 2 })\nexport type CommandType = keyof' },
]

const ROOT = new URL('../../', import.meta.url).href
const places = (text: string, find: string) => text.split(find).length - 1

/** Before the first import of what they change. */
export function editSource(edits: readonly Edit[]): void {
  const byFile = Map.groupBy(edits, (edit) => `${ROOT}${edit.file}`)
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      const mine = byFile.get(url)
      if (!mine) return loaded
      let text = String(typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array))
      for (const { file, find, put } of mine) {
        if (places(text, find) !== 1) throw new Error(`${file} has ${places(text, find)} places that read: ${find}`)
        text = text.replace(find, () => put)
      }
      return { ...loaded, source: text }
    },
  })
}
