/** The three engines that phones have, each behind the same few acts: a page is gone to, work is run in it, the whole is killed. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { chromium } from 'playwright-core'
import { SYSTEM } from './browser.ts'

export const ENGINES = ['chromium', 'firefox', 'webkit'] as const
export type EngineName = (typeof ENGINES)[number]
export type Engine = {
  /** Resolves when it is loaded. */
  goto(url: string): Promise<void>
  /** Runs in the page. What it is given and what it answers travel as JSON; it can name nothing from outside itself. */
  run<G, A>(work: (given: G) => A | Promise<A>, given: G): Promise<A>
  /** SIGKILL for the browser and every process of it. */
  kill(): Promise<void>
}

const CHROMIUM = SYSTEM ?? chromium.executablePath()
const FIREFOX = '/usr/bin/firefox-esr'
const PYTHON = '/usr/bin/python3'
/** Of whoever looks. */
const LANGUAGE = 'zh-TW'

/** Why an engine can't be run on this machine; null when it can. */
export function lackOf(name: EngineName): string | null {
  switch (name) {
    case 'chromium':
      return existsSync(CHROMIUM) ? null : `there is no ${CHROMIUM}`
    case 'firefox':
      return existsSync(FIREFOX) ? null : `there is no ${FIREFOX}`
    case 'webkit':
      if (!existsSync('/usr/bin/Xvfb')) return 'there is no /usr/bin/Xvfb'
      return spawnSync(PYTHON, ['-c', 'import gi; gi.require_version("WebKit2", "4.1")']).status === 0 ? null : `${PYTHON} knows no WebKit2 4.1`
  }
}

/** What the browser keeps lies in the folder, and is there again when it is opened on it again. */
export function openEngine(name: EngineName, folder: string): Promise<Engine> {
  switch (name) {
    case 'chromium':
      return openChromium(folder)
    case 'firefox':
      return openFirefox(folder)
    case 'webkit':
      return openWebKit(folder)
  }
}

/** What is sent to a page: the work with what it is given, and its answer as text. */
const bodyOf = <G, A>(work: (given: G) => A | Promise<A>, given: G): string => `return JSON.stringify(await (${work})(${JSON.stringify(given) ?? 'undefined'})) ?? 'null'`
const running = <G, A>(work: (given: G) => A | Promise<A>, given: G): string => `(async () => { ${bodyOf(work, given)} })()`

async function openChromium(folder: string): Promise<Engine> {
  const flags = [`--accept-lang=${LANGUAGE}`, '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
  const child = begin(CHROMIUM, [...flags, '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'])
  const address = await saidBy(child.stderr, /DevTools listening on (ws:\S+)/)
  const browser = await chromium.connectOverCDP(address)
  const page = browser.contexts()[0]?.pages()[0]
  if (!page) throw new Error('Chromium opened no page')
  return {
    goto: async (url) => void (await page.goto(url)),
    run: async (work, given) => JSON.parse(await page.evaluate<string>(running(work, given))),
    kill: () => killed(child),
  }
}

/** WebDriver BiDi, as far as it is needed. */
async function openFirefox(folder: string): Promise<Engine> {
  writeFileSync(join(folder, 'user.js'), `user_pref("intl.accept_languages", "${LANGUAGE}");\n`)
  const child = begin(FIREFOX, ['--headless', '--no-remote', '--profile', folder, '--remote-debugging-port', '0', 'about:blank'])
  const address = await saidBy(child.stderr, /WebDriver BiDi listening on (ws:\S+)/)
  const gone = endOf(child)
  const socket = new WebSocket(`${address}/session`)
  await new Promise((opened, failed) => {
    socket.addEventListener('open', opened)
    socket.addEventListener('error', failed)
  })
  const asked = new Map<number, (answer: BiDiAnswer) => void>()
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as BiDiAnswer
    asked.get(answer.id)?.(answer)
  })
  let count = 0
  const ask = async (method: string, params: unknown): Promise<BiDiAnswer['result']> => {
    count += 1
    const id = count
    socket.send(JSON.stringify({ id, method, params }))
    const answer = await Promise.race([new Promise<BiDiAnswer>((done) => asked.set(id, done)), gone])
    asked.delete(id)
    if (answer.type === 'error') throw new Error(`${method}: ${answer.error} ${answer.message}`)
    return answer.result
  }
  await ask('session.new', { capabilities: {} })
  const context = (await ask('browsingContext.getTree', {})).contexts[0]?.context
  async function run<G, A>(work: (given: G) => A | Promise<A>, given: G): Promise<A> {
    const { result, exceptionDetails } = await ask('script.evaluate', { expression: running(work, given), target: { context }, awaitPromise: true })
    if (exceptionDetails) throw new Error(exceptionDetails.text)
    return JSON.parse(result.value) as A
  }
  return {
    async goto(url) {
      await run(() => document.documentElement.classList.add('left'), undefined)
      await ask('browsingContext.navigate', { context, url, wait: 'complete' })
      // It calls itself complete too early when the page that is left changes its address meanwhile: what is done to that one is lost.
      const there = () => run(() => document.readyState === 'complete' && !document.documentElement.classList.contains('left'), undefined).catch(() => false)
      while (!(await Promise.race([there(), gone])));
    },
    run,
    kill: () => killed(child),
  }
}
type BiDiAnswer = {
  id: number
  type: 'success' | 'error'
  error?: string
  message?: string
  result: { contexts: { context: string }[]; result: { value: string }; exceptionDetails?: { text: string } }
}

/** Through test/support/webkit.py, on a display that nobody sees. */
async function openWebKit(folder: string): Promise<Engine> {
  const display = spawn('/usr/bin/Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const number = await saidBy(display.stdio[3] as Readable, /(\d+)\s/)
  const child = begin(PYTHON, [join(import.meta.dirname, 'webkit.py'), folder, LANGUAGE], { DISPLAY: `:${number}` })
  const gone = endOf(child)
  const asked = new Map<number, (answer: WebKitAnswer) => void>()
  if (child.stdout)
    createInterface(child.stdout).on('line', (line) => {
      const answer = JSON.parse(line) as WebKitAnswer
      asked.get(answer.id)?.(answer)
      asked.delete(answer.id)
    })
  let count = 0
  const ask = async (what: { goto: string } | { run: string }): Promise<string> => {
    count += 1
    const id = count
    const answer = new Promise<WebKitAnswer>((done) => asked.set(id, done))
    child.stdin?.write(`${JSON.stringify({ id, ...what })}\n`)
    const { value, error } = await Promise.race([answer, gone])
    if (value === undefined) throw new Error(error)
    return value
  }
  async function goto(url: string): Promise<void> {
    // What still runs in the page that is left never answers.
    for (const [id, done] of asked) done({ id, error: 'the page was left' })
    asked.clear()
    await ask({ goto: url })
  }
  return {
    goto,
    run: async (work, given) => JSON.parse(await ask({ run: bodyOf(work, given) })),
    async kill() {
      await killed(child)
      display.kill()
    },
  }
}

type WebKitAnswer = { id: number; value?: string; error?: string }

/** In a group of its own, so that all of it can be ended at once. */
function begin(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(command, args, { detached: true, stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } })
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return
  const ended = new Promise((done) => child.once('exit', done))
  process.kill(-child.pid, 'SIGKILL')
  await ended
}

/** Rejects when it ends, so that nobody waits for an answer of it. */
function endOf(child: ChildProcess): Promise<never> {
  const end = new Promise<never>((_, failed) => child.once('exit', (code, signal) => failed(new Error(`the browser ended with ${code ?? signal}`))))
  end.catch(() => undefined)
  return end
}

/** Reads on until it says so. */
function saidBy(output: Readable | null, what: RegExp): Promise<string> {
  return new Promise((done, failed) => {
    let text = ''
    output?.on('data', (more: Buffer) => {
      text += more.toString()
      const found = what.exec(text)?.[1]
      if (found) done(found)
    })
    output?.on('close', () => failed(new Error(`it ended before it said ${what}:\n${text}`)))
  })
}
