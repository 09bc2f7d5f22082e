/** Someone at the desk who imports, as far as the doors go. */
import type { ImportFile, ImportState, Mapping, Report, Taken } from '../../../shared/import/wire.ts'
import type { Role } from '../../../shared/people/role.ts'
import type { Order } from '../../../shared/order/order.ts'
import { openFloor, Phone, type Floor } from '../floor.ts'
import { docsIn } from '../../support/docs.ts'

export type Content = string | Uint8Array | ReadableStream<Uint8Array>

export class ImportDesk {
  readonly floor: Floor
  readonly phone: Phone
  language = 'en'
  id = ''
  constructor(floor: Floor, phone: Phone) {
    this.floor = floor
    this.phone = phone
  }

  ask(method: string, path: string, body?: Content | null, headers: Record<string, string> = {}): Promise<Response> {
    const streamed = body instanceof ReadableStream ? { duplex: 'half' } : {}
    return Promise.resolve(
      this.floor.app.request(`/api/imports${path}`, {
        method,
        headers: { Authorization: `Bearer ${this.phone.token}`, Grant: this.phone.grants[this.phone.current] ?? '', Language: this.language, ...headers },
        ...(body === undefined || body === null ? {} : { body: typeof body === 'string' || body instanceof ReadableStream ? body : new Uint8Array(body) }),
        ...streamed,
      }),
    )
  }

  async start(): Promise<string> {
    const reply = await this.ask('POST', '')
    if (reply.status !== 201) throw new Error(`${reply.status} ${await reply.text()}`)
    this.id = ((await reply.json()) as { id: string }).id
    return this.id
  }

  put = (name: string, content: Content) => this.ask('PUT', `/${this.id}/files/${encodeURIComponent(name)}`, content)
  patch = (name: string, choice: unknown) => this.ask('PATCH', `/${this.id}/files/${encodeURIComponent(name)}`, JSON.stringify(choice))

  /** Hands the files in and waits until they are read. */
  async files(contents: { [name: string]: Content }): Promise<ImportState> {
    await this.start()
    for (const [name, content] of Object.entries(contents)) {
      const reply = await this.put(name, content)
      if (reply.status !== 200) throw new Error(`${name}: ${reply.status} ${await reply.text()}`)
    }
    return this.settled()
  }

  async state(): Promise<ImportState> {
    const reply = await this.ask('GET', `/${this.id}`)
    if (reply.status !== 200) throw new Error(`${reply.status} ${await reply.text()}`)
    return (await reply.json()) as ImportState
  }

  /** Asks until nothing runs any more. */
  async settled(): Promise<ImportState> {
    for (;;) {
      const state = await this.state()
      if (state.progress === null) return state
      for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    }
  }

  async fileNamed(name: string): Promise<ImportFile> {
    const file = (await this.state()).files.find((each) => each.name === name)
    if (!file) throw new Error(`no file ${name}`)
    return file
  }

  async guessed(change: Partial<Mapping> = {}): Promise<Mapping> {
    const { guess } = await this.state()
    if (!guess) throw new Error('nothing was guessed')
    return { ...guess.mapping, ...change }
  }

  /** With the guessed mapping, unless something of it is changed. */
  async preview(change: Partial<Mapping> = {}): Promise<Report> {
    const reply = await this.ask('POST', `/${this.id}/preview`, JSON.stringify(await this.guessed(change)))
    if (reply.status !== 202) throw new Error(`${reply.status} ${await reply.text()}`)
    const { preview, fault } = await this.settled()
    if (!preview) throw new Error(`no preview: ${JSON.stringify(fault)}`)
    return preview.report
  }

  async take(): Promise<Taken> {
    const reply = await this.ask('POST', `/${this.id}/take`)
    if (reply.status !== 202) throw new Error(`${reply.status} ${await reply.text()}`)
    const { taken, fault } = await this.settled()
    if (!taken) throw new Error(`not taken: ${JSON.stringify(fault)}`)
    return taken
  }

  async list(): Promise<string> {
    const reply = await this.ask('GET', `/${this.id}/problems.csv`)
    if (reply.status !== 200) throw new Error(`${reply.status} ${await reply.text()}`)
    // As bytes: the mark at the beginning is part of what a spreadsheet needs.
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await reply.arrayBuffer())
  }

  /** The orders of the site as the log has them. */
  async orders(): Promise<Map<string, Order>> {
    const docs = await docsIn(this.floor.log, `site:${this.phone.site}`)
    return new Map(docs.flatMap(({ body }) => (body.kind === 'order' ? [[body.number, body] as const] : [])))
  }
}

export async function importDesk(floor: Floor, site: string, ...roles: Role[]): Promise<ImportDesk> {
  const person = await floor.person(site, `clerk-${site}-${roles.join('-')}`, ...roles)
  const phone = new Phone(floor, await floor.device(site, `desk-${site}-${roles.join('-')}`))
  await phone.signIn(person)
  return new ImportDesk(floor, phone)
}

/** A floor with one site and somebody of customer service at its desk. */
export async function openImportDesk(): Promise<ImportDesk> {
  const floor = await openFloor()
  await floor.site('north')
  return importDesk(floor, 'north', 'service')
}

/** What the rows of a report say, short: `3 Quantity -6 below-zero`. */
export const problemsOf = (report: Report): string[] => report.problems.map(({ row, column, value, reason }) => `${row} ${column} ${value} ${reason.type}`)
export const reasonsOf = (report: Report): { [type: string]: number } => Object.fromEntries(report.reasons.map(({ type, rows }) => [type, rows]))
