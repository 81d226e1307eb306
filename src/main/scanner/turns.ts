/** Lets so many in at a time per key; the others wait in line. */
export interface Turns {
  take<T>(key: string, work: () => Promise<T>): Promise<T>
}

export function createTurns(atOnce: number): Turns {
  const lines = new Map<string, { inside: number; readonly waiting: (() => void)[] }>()
  return {
    async take(key, work) {
      const line = lines.get(key) ?? { inside: 0, waiting: [] }
      lines.set(key, line)
      if (line.inside >= atOnce) await new Promise<void>(resolve => line.waiting.push(resolve))
      else line.inside++
      try {
        return await work()
      } finally {
        const next = line.waiting.shift()
        if (next !== undefined) next()
        else if (--line.inside === 0) lines.delete(key)
      }
    },
  }
}
