import type * as z from 'zod'
import { createStore, type StoreApi } from 'zustand/vanilla'

export type Memory = Pick<Storage, 'getItem' | 'setItem'>

/** A store that is found again at the next start. What was kept by an older or newer version and no longer fits is forgotten. */
export function createRemembered<T extends object>(
  memory: Memory,
  name: string,
  schema: z.ZodType<T>,
  initial: T,
): StoreApi<T> {
  const store = createStore<T>(() => recall(memory, name, schema) ?? initial)
  store.subscribe(state => memory.setItem(name, JSON.stringify(state)))
  return store
}

function recall<T>(memory: Memory, name: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(memory.getItem(name) ?? ''))
  } catch {
    return null
  }
}
