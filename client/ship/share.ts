/** Gives a text away: to the apps of the phone where it has a sheet for that, otherwise it can be pasted. */
export type Given = 'shared' | 'copied' | 'kept' | 'failed'
/** What of a browser this asks for. */
export type Giver = { share?: (data: { title: string; text: string }) => Promise<void>; clipboard?: { writeText(text: string): Promise<void> } }

/** `kept`: the person thought better of it. */
export async function giveAway(what: { title: string; text: string }, giver: Giver = navigator): Promise<Given> {
  if (giver.share) {
    try {
      await giver.share(what)
      return 'shared'
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') return 'kept'
    }
  }
  try {
    if (!giver.clipboard) return 'failed'
    await giver.clipboard.writeText(what.text)
    return 'copied'
  } catch {
    return 'failed'
  }
}
