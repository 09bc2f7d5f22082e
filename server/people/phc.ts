/** argon2id as one text that carries its own parameters: `$argon2id$v=19$m=…,t=…,p=…$salt$hash` (PHC string format). */
import { argon2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** OWASP's least for argon2id: 19 MiB, two passes, one lane. Raising it later leaves older texts readable. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 }
const TAG = 32

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replaceAll('=', '')

/** Runs off the main thread; never inside a transaction, which others wait for. */
export async function argon2id(secret: string, salt: Uint8Array): Promise<string> {
  const tag = await derive('argon2id', { message: secret, nonce: salt, tagLength: TAG, ...COST })
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${text(salt)}$${text(tag)}`
}

/** Whether the text was made of this secret; compared in constant time. */
export async function isMadeOf(phc: string, secret: string): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(phc)
  if (!parts) throw new Error('the stored hash is no argon2id text')
  const [, memory, passes, parallelism, salt = '', hash = ''] = parts
  const wanted = Buffer.from(hash, 'base64')
  const came = await derive('argon2id', {
    message: secret,
    nonce: Buffer.from(salt, 'base64'),
    tagLength: wanted.length,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  })
  return timingSafeEqual(wanted, came)
}
