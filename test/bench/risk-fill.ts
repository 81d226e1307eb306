import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadWeights } from '#main/services/risk-weights.ts'
import { openStore } from '#main/store/open.ts'
import type { WritableStore } from '#main/store/statement.ts'
import type { Result } from '#shared/result.ts'
import { fillInventory } from '../support/fill-inventory.ts'
import { imaginedInventory, imaginedNow } from '../support/imagined-inventory.ts'
import { judgeStudy } from './study-judging.ts'

const studySize = 175_108
/** Each has a /8: 32 networks make a cell of the address map, which has as many cells as there can be. */
const siteCount = 32

/** Fills an empty folder with an inventory of the study's size, judged by the shipped rules and weights. */
export async function fillRisk(folder: string, scale: number) {
  const store = openWriter(folder)
  const started = performance.now()
  const ids = fillInventory(store, imaginedInventory(Math.round(studySize * scale), 1, siteCount))
  const filledMs = performance.now() - started
  deliverWeights(store)
  const judged = await judgeStudy(store, imaginedNow)
  store.connection.pragma('wal_checkpoint(TRUNCATE)')
  store.connection.close()
  return { instances: ids.length, filledMs: Math.round(filledMs), judged }
}

export function deliverWeights(store: WritableStore): void {
  const weights = join(import.meta.dirname, '..', '..', 'resources', 'risk', 'weights.json')
  loadWeights({ store }, readFileSync(weights, 'utf8'))
}

export function openWriter(folder: string): WritableStore {
  const store = must(openStore(folder))
  store.connection.pragma('synchronous = OFF')
  return store
}

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}
