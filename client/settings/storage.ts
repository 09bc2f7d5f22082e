/** How much this origin has stored, and whether the browser may clear it by itself. Null: the browser does not say. */
export type Storage = { used: number | null; quota: number | null; kept: boolean | null }

export async function storageHere(): Promise<Storage> {
  const [estimate, kept] = await Promise.all([navigator.storage?.estimate?.().catch(() => null), navigator.storage?.persisted?.().catch(() => null)])
  return { used: estimate?.usage ?? null, quota: estimate?.quota ?? null, kept: kept ?? null }
}

/** Never awaited by a screen: one browser never answers. */
export function askToKeep(answered: () => void): void {
  void navigator.storage?.persist?.().then(answered, answered)
}
