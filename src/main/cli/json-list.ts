import type { Output } from './output.ts'

/** One JSON list, written piece by piece. Nothing is written before the first piece is there: a refusal leaves no half list. */
export function jsonList(output: Pick<Output, 'text'>) {
  let isFirst = true
  return {
    add(items: readonly unknown[]): void {
      if (items.length === 0) return
      const lines = items.map(item => JSON.stringify(item, null, 2).replace(/^/gm, '  ')).join(',\n')
      output.text(`${isFirst ? '[' : ','}\n${lines}`)
      isFirst = false
    },
    end(): void {
      output.text(isFirst ? '[]' : ']')
    },
  }
}
