/** Why the server can't start, in one sentence per language. */
import { startFaults } from '../messages/start.ts'

export class StartFault extends Error {
  constructor(type: keyof typeof startFaults, params: { readonly [name: string]: string } = {}, cause?: unknown) {
    const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'cause' ? causeOf(cause) : (params[name] ?? '')))
    super(`${fill(startFaults[type].en)}.\n${fill(startFaults[type]['zh-TW'])}。`, { cause })
  }
}

function causeOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
