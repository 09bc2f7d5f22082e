/** An import in the words of the person who looks at it. */
import type { ImportState, RowProblem } from '../../shared/import/wire.ts'
import type { ImportMessages } from '../messages/import/en.ts'
import { importEn } from '../messages/import/en.ts'
import { importZhCN } from '../messages/import/zh-CN.ts'
import { importZhTW } from '../messages/import/zh-TW.ts'
import { fill, type Language } from '../routes/problem.ts'
import type { FileFacts, Import } from './state.ts'
import { linesOf } from './rows.ts'

const MESSAGES: { readonly [language in Language]: ImportMessages } = { 'zh-TW': importZhTW, 'zh-CN': importZhCN, en: importEn }

export function stateIn(language: Language, of: Import): ImportState {
  const words = MESSAGES[language]
  const { id, startedAt, files, guess, sources, progress, fault, preview, taken } = of
  return {
    ...{ id, startedAt, guess, sources, progress, taken },
    files: [...files.values()].map(({ facts }) => fileIn(language, facts)),
    fault: fault && { ...fault, says: fill(words.fault[fault.type], fault) },
    preview: preview && {
      mapping: preview.mapping,
      report: {
        ...preview.report,
        problems: preview.report.problems.map((problem) => ({ ...problem, says: reasonIn(words, problem) })),
        notes: preview.report.notes.map((note) => {
          const named = { ...note, ...('rows' in note ? { rows: new Intl.NumberFormat(language).format(note.rows) } : {}), ...('order' in note ? { order: words.word[note.order] } : {}), ...('decimal' in note ? { decimal: words.word[note.decimal] } : {}) }
          return { ...note, says: fill(words.note[note.type], named) }
        }),
      },
    },
  }
}

export function fileIn(language: Language, facts: FileFacts): ImportState['files'][number] {
  const { fault } = facts
  return { ...facts, fault: fault && { ...fault, says: fill(MESSAGES[language].file[fault.type], fault) } }
}

const reasonIn = (words: ImportMessages, { reason }: RowProblem) => fill(words.reason[reason.type], reason)

/** All rows that can't be taken, as a spreadsheet opens them. */
export async function* listIn(language: Language, problems: string, signal: AbortSignal): AsyncGenerator<string> {
  const words = MESSAGES[language]
  const { row, file, order, column, value, reason } = words.list
  // Without the mark a spreadsheet takes the text for another encoding.
  yield `\ufeff${[row, file, order, column, value, reason].map(quoted).join(',')}\r\n`
  for await (const lines of linesOf<RowProblem>(problems, signal))
    yield lines.map(({ value: each }) => `${[String(each.row), each.file, each.order, each.column, each.value, reasonIn(words, each)].map(quoted).join(',')}\r\n`).join('')
}

/** A value that a spreadsheet would run as a formula is kept a text. */
function quoted(text: string): string {
  const safe = /^[=+@\t\r]|^-(?![\d.,]+$)/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
