/** What was ever committed and ever answered, kept beside the servers, for the invariants to compare with. */
import type { Doc } from '../../shared/sync/doc.ts'
import type { Verdict } from '../../shared/sync/wire.ts'

export class Violation extends Error {}

/** The same text for the same value, whatever the order of its keys. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => canonical(each ?? null)).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, each]) => each !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join()}}`
}

export class Truth {
  readonly #docs = new Map<string, string>()
  readonly #verdicts = new Map<string, string>()
  /** ids by who said them and as which number */
  readonly #said = new Map<string, Set<string>>()
  readonly #heard = new Map<string, number>()

  committed(epoch: string, docs: readonly Doc[]): void {
    for (const doc of docs) this.#docs.set(`${epoch} ${doc.body.id} ${doc.body.version}`, canonical(doc))
  }

  said(commands: readonly { id: string; device: string; seq: number }[]): void {
    for (const { id, device, seq } of commands) {
      const key = `${device} ${seq}`
      this.#said.set(key, (this.#said.get(key) ?? new Set()).add(id))
    }
  }
  /** The last number that a server has taken of a device: a command that it knew under another name takes one, too, and is not said again. */
  heard(device: string, lastSeq: number): void {
    this.#heard.set(device, Math.max(lastSeq, this.#heard.get(device) ?? 0))
  }
  /** Whether a server has taken the number of this one for another command. */
  isAnothers({ id, device, seq }: { id: string; device: string; seq: number }): boolean {
    return seq <= (this.#heard.get(device) ?? 0) && !this.#said.get(`${device} ${seq}`)?.has(id)
  }

  /** A1 */
  holds(epoch: string, doc: Doc): void {
    const was = this.#docs.get(`${epoch} ${doc.body.id} ${doc.body.version}`)
    if (was === undefined) throw new Violation(`A1: a device holds ${doc.body.id} version ${doc.body.version}, which no server of this epoch committed`)
    const is = canonical(doc)
    if (was !== is) throw new Violation(`A1: a device holds another ${doc.body.id} version ${doc.body.version} than was committed\n  ${was}\n  ${is}`)
  }

  /** A4 */
  answered(epoch: string, verdicts: readonly Verdict[]): void {
    for (const { id, verdict, reason } of verdicts) {
      const key = `${epoch} ${id}`
      const is = canonical({ verdict, reason })
      const was = this.#verdicts.get(key)
      if (was !== undefined && was !== is) throw new Violation(`A4: the verdict of ${id} changed from ${was} to ${is}`)
      this.#verdicts.set(key, is)
    }
  }
}
