/** Seals for the server alone (HPKE, RFC 9180: P-256, HKDF-SHA-256, AES-256-GCM): what of rescue.ts needs more than types. */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { fromBase64, toBase64 } from './base64.ts'
import { joined, MAGIC, withLength } from './rescue.ts'

const INFO = new TextEncoder().encode('countersign rescue 1')
const suite = () => new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })

/** The server's two halves, always the same of the same secret (32 bytes). `publicKey`: raw point, base64. */
export async function sealKeys(secret: Uint8Array): Promise<{ publicKey: string; open(enc: Uint8Array): Promise<Opener> }> {
  const { privateKey, publicKey } = await suite().kem.deriveKeyPair(exact(secret))
  return {
    publicKey: toBase64(new Uint8Array(await suite().kem.serializePublicKey(publicKey))),
    async open(enc) {
      const context = await suite().createRecipientContext({ recipientKey: privateKey, enc: exact(enc), info: exact(INFO) })
      return async (sealed) => new Uint8Array(await context.open(exact(sealed)))
    },
  }
}
/** Records in the order they were sealed in. Rejects when they were changed, or sealed for another server. */
export type Opener = (sealed: Uint8Array) => Promise<Uint8Array>

/** `head` begins the file; each record follows as it is sealed. */
export async function sealFor(publicKey: string): Promise<{ head: Uint8Array; seal(record: Uint8Array): Promise<Uint8Array> }> {
  const recipientPublicKey = await suite().kem.deserializePublicKey(exact(fromBase64(publicKey)))
  const context = await suite().createSenderContext({ recipientPublicKey, info: exact(INFO) })
  return {
    head: joined(MAGIC, withLength(new Uint8Array(context.enc))),
    seal: async (record) => withLength(new Uint8Array(await context.seal(exact(record)))),
  }
}

/** A copy of the bytes alone: what they are a window of may hold anything (a Buffer's own `slice` copies nothing). */
const exact = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer
