/** Speaks in the server's window: English, then Chinese, then what it is about. */
import { start } from '../messages/start.ts'

export function sayLine(line: string): void {
  console.info(line)
}

export function say(what: keyof typeof start, lines: readonly string[] = []): void {
  const end = lines.length > 0 ? { en: ':', zh: '：' } : { en: '.', zh: '。' }
  sayLine(`\n${start[what].en}${end.en}\n${start[what]['zh-TW']}${end.zh}`)
  for (const line of lines) sayLine(`  ${line}`)
}
