/** Every 'no' of a door, in one form (RFC 9457) and in the caller's language. Doors throw; the app answers here. */
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Problem } from '../../shared/sync/wire.ts'
import { en, type Messages, type ProblemType } from '../messages/en.ts'
import { zhCN } from '../messages/zh-CN.ts'
import { zhTW } from '../messages/zh-TW.ts'

type Params = { readonly [name: string]: string | number | readonly string[] }

/** `headers` go out with the answer. */
export class ProblemError extends Error {
  readonly status: ContentfulStatusCode
  readonly type: ProblemType
  readonly params: Params
  readonly headers: Readonly<Record<string, string>>
  constructor(status: ContentfulStatusCode, type: ProblemType, params: Params, headers: Readonly<Record<string, string>>) {
    super(`${status} ${type} ${JSON.stringify(params)}`)
    this.status = status
    this.type = type
    this.params = params
    this.headers = headers
  }
}

/** `throw problem(409, 'device-fork')` */
export function problem(status: ContentfulStatusCode, type: ProblemType, params: Params = {}, headers: Readonly<Record<string, string>> = {}): ProblemError {
  return new ProblemError(status, type, params, headers)
}

export type Language = 'zh-TW' | 'zh-CN' | 'en'
const LANGUAGES: readonly (readonly [RegExp, Language])[] = [
  [/^zh-(cn|sg|hans)/i, 'zh-CN'],
  [/^zh/i, 'zh-TW'],
  [/^en/i, 'en'],
]
const MESSAGES: { readonly [language in Language]: Messages } = { 'zh-TW': zhTW, 'zh-CN': zhCN, en }

/** The language chosen in the app goes before the browser's; the first one that we speak wins. */
export function languageOf(c: Context): Language {
  const asked = [c.req.header('Language') ?? '', ...(c.req.header('Accept-Language') ?? '').split(',')]
  for (const each of asked) {
    const found = LANGUAGES.find(([pattern]) => pattern.test(each.trim()))
    if (found) return found[1]
  }
  return 'zh-TW'
}

export function answerProblem(c: Context, { status, type, params, headers }: ProblemError): Response {
  const { title, detail } = MESSAGES[languageOf(c)][type]
  const body: Problem = { ...params, type, title, status, detail: fill(detail, params) }
  return c.body(JSON.stringify(body), status, { ...headers, 'Content-Type': 'application/problem+json' })
}

export function fill(text: string, params: Params): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? ''
    return typeof value === 'object' ? value.join(', ') : String(value)
  })
}
