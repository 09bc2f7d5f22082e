/** Which device is which: a device goes on under the name it is given when it was split from another or enrolled anew. */
import type { DeviceRow, ReadTx } from '../log/log.ts'

/** The device and those it was before, as far back as something names one of `named`. */
export async function identitiesOf(tx: ReadTx, device: DeviceRow, named: Iterable<string>): Promise<Set<string>> {
  const identities = new Set([device.id])
  const foreign = new Set([...named].filter((id) => id !== device.id))
  for (let earlier = device.forkOf; foreign.size > 0 && earlier !== null && !identities.has(earlier); ) {
    identities.add(earlier)
    foreign.delete(earlier)
    earlier = (await tx.device(earlier))?.forkOf ?? null
  }
  return identities
}
