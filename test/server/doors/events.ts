/** What an ear at GET /api/stream hears, one by one. */
import type { StreamEvent } from '../../../shared/sync/wire.ts'

export function eventsOf(response: Response) {
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  return {
    async next(): Promise<StreamEvent> {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end >= 0) {
          const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1]
          text = text.slice(end + 2)
          if (data) return JSON.parse(data) as StreamEvent
          continue
        }
        const chunk = await reader?.read()
        if (!chunk || chunk.done) throw new Error('the stream ended')
        text += decoder.decode(chunk.value, { stream: true })
      }
    },
    close: () => reader?.cancel(),
  }
}
