/** GS1's own data sets (shared/data/gs1/SOURCE.md), which a stranger's machine lacks. */
import { existsSync, readFileSync } from 'node:fs'

export const folder = '../shared/data/gs1'
export const isHere = existsSync(folder)
if (!isHere) console.info(`skipped: ${folder} is not there, so GS1's own table and vectors can't be compared with`)

export const read = (name: string): string => (isHere ? readFileSync(`${folder}/${name}`, 'utf8') : '')
export const readJson = <Body>(name: string, none: Body): Body => (isHere ? (JSON.parse(read(name)) as Body) : none)
