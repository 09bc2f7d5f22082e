/**
 * XML inside a zip → what opens, what is said, what closes; streamed.
 *
 * The workbook library has a streaming reader of its own. It is not used: it decodes each chunk by itself, so that a Chinese
 * character that lies across two of them is lost, takes the phonetic hint of a text for the text, and unpacks sheets elsewhere.
 */
import { createReadStream } from 'node:fs'
import { createInflateRaw } from 'node:zlib'
import parseSax, { type SaxEvent } from 'exceljs/lib/utils/parse-sax.js'
import type { ZipEntry } from './zip.ts'

export type Xml = { file: string; entry: ZipEntry & { start: number }; signal: AbortSignal; /** told how many packed bytes were read */ read?: (bytes: number) => void }
/** `name` is without its prefix. */
export type XmlEvent = { open: string; attributes: { readonly [name: string]: string | undefined } } | { text: string } | { close: string }

export async function* xmlEvents(xml: Xml): AsyncGenerator<XmlEvent[]> {
  for await (const events of parseSax(decoded(xml))) yield events.map(eventOf)
}

function eventOf(event: SaxEvent): XmlEvent {
  switch (event.eventType) {
    case 'opentag':
      return { open: local(event.value.name), attributes: event.value.attributes }
    case 'text':
      return { text: event.value }
    case 'closetag':
      return { close: local(event.value.name) }
  }
}
const local = (name: string) => name.slice(name.indexOf(':') + 1)

async function* decoded({ file, entry, signal, read }: Xml): AsyncGenerator<string> {
  if (entry.packed === 0) return
  const packed = createReadStream(file, { start: entry.start, end: entry.start + entry.packed - 1, signal })
  const bytes = entry.method === 0 ? packed : packed.pipe(createInflateRaw())
  packed.on('error', (error) => bytes.destroy(error))
  const decoder = new TextDecoder()
  for await (const chunk of bytes) {
    read?.(packed.bytesRead)
    yield decoder.decode(chunk as Buffer, { stream: true })
  }
  yield decoder.decode()
}
