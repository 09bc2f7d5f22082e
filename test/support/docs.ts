/** The docs of a scope as the log has them. */
import type { Log } from '../../server/log/log.ts'
import type { Doc } from '../../shared/sync/doc.ts'

export async function docsIn(log: Log, scope: string): Promise<Doc[]> {
  const { docs } = await log.read((tx) => tx.docsOfScope(scope, '', { docs: 100_000, size: Number.MAX_SAFE_INTEGER }))
  return docs.map(({ json }) => JSON.parse(json) as Doc)
}
