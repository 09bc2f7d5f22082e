/** A .vue file as its compiler reads it: the scripts, and the template without its comments. */
import { parse } from 'vue/compiler-sfc'

export type VueFile = { script: string; template: string }
export function readVue(text: string): VueFile {
  const { descriptor, errors } = parse(text, { sourceMap: false })
  if (errors[0]) throw errors[0]
  const script = [descriptor.script, descriptor.scriptSetup].map((each) => each?.content ?? '').join('\n')
  return { script, template: (descriptor.template?.content ?? '').replace(/<!--[\s\S]*?-->/g, '') }
}
