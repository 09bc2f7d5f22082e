/** Checks a PIN without a network: PBKDF2-HMAC-SHA-256 (OWASP: 600,000 rounds or more), and waits that grow with wrong tries. */
import { fromBase64, toBase64 } from '../../shared/sync/base64.ts'
import type { Random } from '../../shared/sync/id.ts'

const ROUNDS = 600_000
/** Tries before the first wait. */
export const TRIES = 5
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 3_600_000

export type Verifier = { salt: string; verifier: string }

/** Null where the browser has no WebCrypto (a page without HTTPS): then only the server can check. */
export async function verifierFor(pin: string, random: Random): Promise<Verifier | null> {
  if (!globalThis.crypto?.subtle) return null
  const salt = toBase64(random(16))
  return { salt, verifier: `${ROUNDS}.${toBase64(await derive(pin, salt, ROUNDS))}` }
}

export async function verifies(pin: string, { salt, verifier }: Verifier): Promise<boolean> {
  const [rounds = '', wanted = ''] = verifier.split('.')
  return sameBytes(await derive(pin, salt, Number(rounds)), fromBase64(wanted))
}

/** Until when no PIN is looked at after so many wrong tries; 0 for not at all. */
export function lockedUntil(wrong: number, now: number): number {
  return wrong < TRIES ? 0 : now + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (wrong - TRIES))
}

async function derive(pin: string, salt: string, iterations: number): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits'])
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: fromBase64(salt), iterations }, key, 256))
}

/** Takes as long whatever differs. */
function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  let differs = a.length ^ b.length
  for (let i = 0; i < a.length; i++) differs |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return differs === 0
}
