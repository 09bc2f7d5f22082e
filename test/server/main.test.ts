import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Enrolled, SignedIn } from '../../shared/people/wire.ts'
import { connect as openFile } from '../../server/log/sqlite/connection.ts'
import { COMPILED, freePort } from '../support/process.ts'
import { makeFolder } from './floor.ts'
import { CERTIFICATE, KEY } from './localhost.ts'

type Run = { child: ChildProcess; output(): string; ended: Promise<number | NodeJS.Signals | null> }

// Each start is a process of its own, and the machine may be busy with others.
describe('the server as a process', { timeout: 120_000 }, () => {
  let folder: ReturnType<typeof makeFolder>
  let port: number
  const running: Run[] = []
  beforeEach(async () => {
    folder = makeFolder()
    port = await freePort()
  })
  afterEach(async () => {
    for (const { child, ended } of running.splice(0)) {
      child.kill('SIGKILL')
      await ended
    }
    folder.remove()
  })

  function run(env: Record<string, string> = {}, ...args: string[]): Run {
    const child = spawn(process.execPath, ['server/main.ts', ...args], {
      env: { ...process.env, NODE_COMPILE_CACHE: COMPILED, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder.path, TLS_CERT: '', TLS_KEY: '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const add = (text: Buffer) => {
      output += text.toString()
    }
    child.stdout?.on('data', add)
    child.stderr?.on('data', add)
    const each = { child, output: () => output, ended: new Promise<number | NodeJS.Signals | null>((done) => child.once('close', (code, signal) => done(code ?? signal))) }
    running.push(each)
    return each
  }
  /** What it has printed once a pattern is there, or its end if that comes first. */
  function said({ child, output, ended }: Run, pattern: RegExp): Promise<string> {
    return new Promise((done, failed) => {
      const look = () => {
        const found = pattern.exec(output())
        if (found) done(found[1] ?? found[0])
      }
      child.stdout?.on('data', look)
      look()
      void ended.then(() => failed(new Error(`it never said ${String(pattern)}:\n${output()}`)))
    })
  }
  const url = (path: string) => `http://127.0.0.1:${port}${path}`
  const post = (path: string, body: unknown) => fetch(url(path), { method: 'POST', body: JSON.stringify(body) })
  const setUp = async (code: string) =>
    (await (await post('/api/setup', { code, site: '北廠', person: '林主管', pin: '4711', example: false, device: { name: '辦公室', publicKey: '' } })).json()) as Enrolled & SignedIn

  test('the first start prints a link that sets the server up; ended and started again, it knows everything and prints none', async () => {
    const first = run()
    const code = await said(first, /\/setup#([\w-]+)\n/)
    expect(first.output()).toContain(`  http://127.0.0.1:${port}/setup#${code}\n`)
    expect(first.output()).toMatch(/Set up this server\..*\n請設定這台伺服器。/)
    const desk = await setUp(code)
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)

    const second = run()
    await said(second, /(http:\/\/127.0.0.1:\d+)\n/)
    const people = await fetch(url('/api/people'), { headers: { Authorization: `Bearer ${desk.token}`, Grant: desk.grant } })
    expect(await people.json()).toMatchObject([{ name: '林主管', hasPin: true }])
    expect((await fetch(url('/healthz'))).status).toBe(200)
    second.child.kill('SIGINT')
    expect(await second.ended).toBe(0)
    expect(second.output()).not.toContain('#')
  })

  test('a link that nobody used ends at the next start', async () => {
    const first = run()
    const old = await said(first, /\/setup#([\w-]+)\n/)
    first.child.kill('SIGTERM')
    await first.ended
    const second = run()
    const code = await said(second, /\/setup#([\w-]+)\n/)
    expect(await setUp(old)).toMatchObject({ status: 403, type: 'expired-code' })
    expect(await setUp(code)).toHaveProperty('token')
  })

  test('what was answered before a kill is there afterwards, and every connection writes with synchronous FULL', async () => {
    const first = run()
    const { token } = await setUp(await said(first, /\/setup#([\w-]+)\n/))
    first.child.kill('SIGKILL')
    await first.ended
    const file = join(folder.path, 'countersign.sqlite')
    for (let start = 0; start < 2; start++) {
      const db = openFile(file, 'write')
      expect(db.handle.pragma('synchronous', { simple: true })).toBe(2)
      expect(db.handle.pragma('journal_mode', { simple: true })).toBe('wal')
      db.close()
    }
    const second = run()
    await said(second, /(http:\/\/127.0.0.1:\d+)\n/)
    expect(await (await fetch(url('/api/site'), { headers: { Authorization: `Bearer ${token}` } })).json()).toMatchObject({ site: { name: '北廠' } })
  })

  test('a site that has lost its last device gets a link to enrol one', async () => {
    const first = run()
    const desk = await setUp(await said(first, /\/setup#([\w-]+)\n/))
    const headers = { Authorization: `Bearer ${desk.token}`, Grant: desk.grant }
    expect((await fetch(url(`/api/devices/${desk.device.id}`), { method: 'PATCH', headers, body: JSON.stringify({ name: 'lost', revoked: true }) })).status).toBe(200)
    first.child.kill('SIGTERM')
    await first.ended
    const code = await said(run(), /\/enrol#([\w-]+)\n/)
    expect((await post('/api/enrol', { code, device: { name: '新手機', publicKey: '' } })).status).toBe(201)
  })

  test('who has lost the last device they could use gets a link by asking the server for one', async () => {
    const first = run()
    await setUp(await said(first, /\/setup#([\w-]+)\n/))
    first.child.kill('SIGTERM')
    await first.ended
    const code = await said(run({}, '--enrol'), /\/enrol#([\w-]+)\n/)
    expect((await post('/api/enrol', { code, device: { name: '新電腦', publicKey: '' } })).status).toBe(201)
  })

  test('a second server on the same folder does not start, and the first one goes on; killed, it holds nothing', async () => {
    const first = run()
    const code = await said(first, /\/setup#([\w-]+)\n/)
    const second = run({ PORT: '0' })
    expect(await second.ended).toBe(1)
    expect(second.output()).toMatch(/^Another server is running on DATA_DIR \S+\. End it/m)
    expect(second.output()).toMatch(/^另一個伺服器正在使用 DATA_DIR/m)
    // Its link still opens: the second one did not touch anything.
    expect(await setUp(code)).toHaveProperty('token')
    first.child.kill('SIGKILL')
    await first.ended
    const third = run()
    await said(third, /(http:\/\/127.0.0.1:\d+)\n/)
    expect((await fetch(url('/healthz'))).status).toBe(200)
  })

  test('the example comes with its people’s PINs and a link for the first device, and never into a database that has something', async () => {
    const first = run({}, '--example')
    const code = await said(first, /\/enrol#([\w-]+)\n/)
    const pin = /^ {2}(\d{4}) {2}\S+ {2}supervisor$/m.exec(first.output())?.[1] ?? ''
    const phone = (await (await post('/api/enrol', { code, device: { name: '手機', publicKey: '' } })).json()) as Enrolled
    const supervisor = phone.people.find((person) => person.roles.includes('supervisor'))
    const signedIn = await fetch(url('/api/sign-in'), { method: 'POST', headers: { Authorization: `Bearer ${phone.token}` }, body: JSON.stringify({ person: supervisor?.id, pin }) })
    expect(await signedIn.json()).toHaveProperty('grant')
    first.child.kill('SIGTERM')
    await first.ended
    const second = run({}, '--example')
    await said(second, /(http:\/\/127.0.0.1:\d+)\n/)
    expect(second.output()).toContain('這裡已有資料')
    expect(second.output()).not.toMatch(/\d{4} {2}\S+ {2}supervisor/)
  })

  test('with a certificate it speaks HTTPS, prints such links and tells browsers to stay there', async () => {
    const files = { TLS_CERT: join(folder.path, 'cert.pem'), TLS_KEY: join(folder.path, 'key.pem') }
    writeFileSync(files.TLS_CERT, CERTIFICATE)
    writeFileSync(files.TLS_KEY, KEY)
    const server = run(files)
    expect(await said(server, /(https:.*)#/)).toBe(`https://127.0.0.1:${port}/setup`)
    const answer = await new Promise<{ status: number | undefined; hsts: string | undefined }>((done, failed) => {
      get({ host: '127.0.0.1', port, path: '/healthz', ca: CERTIFICATE, agent: false }, (response) => {
        response.resume()
        done({ status: response.statusCode, hsts: response.headers['strict-transport-security'] })
      }).on('error', failed)
    })
    expect(answer).toEqual({ status: 200, hsts: 'max-age=31536000' })
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
  })

  test('a phone that listens does not keep it from ending', async () => {
    const server = run()
    const { token, grant } = await setUp(await said(server, /\/setup#([\w-]+)\n/))
    const stream = await fetch(url('/api/stream'), { headers: { Authorization: `Bearer ${token}`, Grant: grant } })
    const reader = stream.body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('event: poke')
    const idle = connect(port, '127.0.0.1')
    idle.on('error', () => undefined)
    server.child.kill('SIGTERM')
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
    idle.destroy()
  })

  test('what keeps it from starting is said in one sentence, in both languages', async () => {
    const first = run()
    await said(first, /\/setup#([\w-]+)\n/)
    const file = join(folder.path, 'a-file')
    writeFileSync(file, 'no certificate')
    const faults: [Record<string, string>, RegExp, RegExp][] = [
      [{ DATA_DIR: join(folder.path, 'other') }, /^Port \d+ is taken\. Set PORT to another one\.$/m, /^連接埠 \d+ 已被使用/m],
      [{ PORT: 'http' }, /^PORT is “http”/m, /^PORT 是「http」/m],
      [{ PORT: '0', HOST: '203.0.113.7', DATA_DIR: join(folder.path, 'third') }, /^HOST is “203\.0\.113\.7”/m, /^HOST 是/m],
      [{ DATA_DIR: join(file, 'data') }, /^DATA_DIR \S+ can’t be written: ENOTDIR/m, /^無法寫入 DATA_DIR/m],
      [{ TLS_CERT: file }, /^TLS_CERT and TLS_KEY are needed together/m, /^TLS_CERT 與 TLS_KEY 須/m],
      [{ TLS_CERT: file, TLS_KEY: file }, /^TLS_CERT and TLS_KEY don’t make a certificate/m, /^TLS_CERT 與 TLS_KEY 不是/m],
    ]
    for (const [env, english, chinese] of faults) {
      const failed = run(env)
      expect(await failed.ended).toBe(1)
      expect(failed.output()).toMatch(english)
      expect(failed.output()).toMatch(chinese)
      expect(failed.output()).not.toMatch(/^\s+at /m)
    }
  })
})
