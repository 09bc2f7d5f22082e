/** `npm run soak [-- --phones N --kills N]`: a hundred kills under the load of twenty phones, and what became of their work. */
import { parseArgs } from 'node:util'
import { startProcess } from '../support/process.ts'
import { soak } from './soak.ts'

const { values } = parseArgs({ options: { phones: { type: 'string', default: '20' }, kills: { type: 'string', default: '100' } } })
const say = (line: string) => void process.stdout.write(`${line}\n`)
const server = await startProcess()
const soaked = await soak(server, { phones: Number(values.phones), kills: Number(values.kills), pace: 400 }, (kills, told) => {
  if (kills % 10 === 0) say(`${kills} kills, ${told} commands told as recorded`)
})
await server.end()
const { kills, phones, made, told, missing, doubled, changed, unsent, seconds } = soaked
say(`\n${phones} phones, ${seconds.toFixed(0)} s: ${kills} kills; ${made} commands made, ${told} told as recorded`)
say(`missing ${missing.length}, doubled ${doubled.length}, another verdict than told ${changed.length}, unsent ${unsent}`)
process.exit(missing.length + doubled.length + changed.length + unsent === 0 && told === made ? 0 : 1)
