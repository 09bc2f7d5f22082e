/** XML inside a zip → what opens, what is said, what closes; streamed, however the characters lie across the chunks. */
import { createReadStream } from 'node:fs'
import { createInflateRaw } from 'node:zlib'
import { SaxesParser } from 'saxes'
import type { ZipEntry } from './zip.ts'

export type Xml = { file: string; entry: ZipEntry & { start: number }; signal: AbortSignal; /** told how many packed bytes were read */ read?: (bytes: number) => void }
/** `name` is without its prefix. */
export type XmlEvent = { open: string; attributes: { readonly [name: string]: string | undefined } } | { text: string } | { close: string }

/** A batch of events per chunk. Throws what is wrong with the XML. */
export async function* xmlEvents(xml: Xml): AsyncGenerator<XmlEvent[]> {
  const parser = new SaxesParser()
  let events: XmlEvent[] = []
  let wrong: Error | null = null
  parser.on('error', (error) => {
    wrong ??= error
  })
  parser.on('opentag', ({ name, attributes }) => events.push({ open: local(name), attributes }))
  parser.on('text', (text) => events.push({ text }))
  parser.on('closetag', ({ name }) => events.push({ close: local(name) }))
  for await (const chunk of decoded(xml)) {
    parser.write(chunk)
    if (wrong) throw wrong
    if (events.length > 0) yield events
    events = []
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
