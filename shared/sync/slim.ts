/**
 * What goes without saying does not travel: `whole` gives back exactly what `slim` was given.
 *
 *   asked        the epoch                  verdict, reason, at   accepted, none, now
 *   page         of a scope that has nothing after the cursor      from, to, more   the cursor, the head, no
 *   everything else that is empty           `scopes` is missing when nobody reads, and {} when a reader has no news
 */
import type { ScopePage, SlimPage, SlimReply, SlimVerdict, SyncReply, Verdict } from './wire.ts'

/** What the request said, on both sides. */
export type Asked = { cursors: { readonly [scope: string]: number } }

export function slimReply(reply: SyncReply, { cursors }: Asked): SlimReply {
  const { asked, epoch, now, lastSeq, stopped, verdicts, scopes, puts, lost, reset, wanted, grants } = reply
  const pages = Object.entries(scopes).flatMap(([scope, page]) => {
    const slim = slimPage(page, cursors[scope])
    return slim ? [[scope, slim] as const] : []
  })
  return {
    epoch,
    now,
    lastSeq,
    ...(asked !== epoch && { asked }),
    ...(stopped && { stopped }),
    ...(verdicts.length > 0 && { verdicts: verdicts.map((verdict) => slimVerdict(verdict, now)) }),
    ...(Object.keys(scopes).length > 0 && { scopes: Object.fromEntries(pages) }),
    ...filled({ puts, lost, reset, wanted, grants }),
  }
}

export function wholeReply(slim: SlimReply, { cursors }: Asked): SyncReply {
  const { epoch, now, lastSeq, asked = epoch, stopped = null, verdicts = [], scopes, puts = [], lost = [], reset = [], wanted = [], grants = [] } = slim
  const pages = Object.entries(scopes ?? {}).map(([scope, page]) => [scope, wholePage(page, cursors[scope])] as const)
  const quiet = scopes ? Object.entries(cursors).filter(([scope]) => !scopes[scope] && !lost.includes(scope)) : []
  return {
    asked,
    epoch,
    now,
    lastSeq,
    stopped,
    verdicts: verdicts.map((verdict): Verdict => ({ verdict: 'accepted', reason: null, at: now, ...verdict })),
    scopes: Object.fromEntries([...quiet.map(([scope, cursor]) => [scope, wholePage({ head: cursor }, cursor)] as const), ...pages]),
    puts,
    lost,
    reset,
    wanted,
    grants,
  }
}

function slimVerdict({ id, seq, verdict, reason, at }: Verdict, now: string): SlimVerdict {
  return { id, seq, ...(verdict !== 'accepted' && { verdict }), ...(reason && { reason }), ...(at !== now && { at }) }
}

/** Null when it says nothing that the cursor doesn't. */
function slimPage({ from, to, head, more, ops }: ScopePage, cursor: number | undefined): SlimPage | null {
  if (from === cursor && to === cursor && head === cursor && !more && ops.length === 0) return null
  return { head, ...(from !== (cursor ?? 0) && { from }), ...(to !== head && { to }), ...(more && { more }), ...(ops.length > 0 && { ops }) }
}

function wholePage({ head, from, to = head, more = false, ops = [] }: SlimPage, cursor: number | undefined): ScopePage {
  return { from: from ?? cursor ?? 0, to, head, more, ops }
}

/** Those that are not empty. */
function filled<T extends { [key: string]: readonly unknown[] }>(lists: T): Partial<T> {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)) as Partial<T>
}
