/** Words in which a code stays whole: 11-26-02 does not part at its hyphens, unless a line is too short for it. */
import { type FunctionalComponent, h } from 'vue'

const CODE = /([\dA-Za-z]+(?:-[\dA-Za-z]+)+)/

export const WholeCodes: FunctionalComponent<{ text: string | undefined }> = ({ text = '' }) =>
  text.split(CODE).map((part, i) => (i % 2 === 1 ? h('span', { class: 'whole-code' }, part) : part))
WholeCodes.props = ['text']
