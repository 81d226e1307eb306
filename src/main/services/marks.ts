import type { ListedModel } from '#shared/domain/observation.ts'
import { textHash } from '../store/keys.ts'
import { readSnapshot } from '../store/snapshots.ts'
import { type ReadableStore, rememberedOn } from '../store/statement.ts'

/** So many of an instance's models are compared: the smallest marks, so that everybody chooses the same ones. */
const most = 64

/** By what a server is known again: each content with the instant it was pulled. Round instants tell nothing. */
export function marksOf(models: readonly ListedModel[] | null): number[] {
  const marks = (models ?? []).flatMap(({ digest, modifiedAt }) =>
    digest === null || modifiedAt === null || !isTelling(modifiedAt) ? [] : [markOf(digest, modifiedAt)],
  )
  return smallest(marks)
}

function smallest(marks: readonly number[]): number[] {
  return [...new Set(marks)].sort((a, b) => a - b).slice(0, most)
}

const shown = new WeakMap<object, Map<number, readonly number[]>>()
const mostShown = 100_000

/** The marks of all that some snapshots list. A snapshot never changes: the writer makes its marks once. */
export function marksShown(store: ReadableStore, snapshots: readonly (number | null)[]): readonly number[] {
  const [only, ...others] = snapshots.flatMap(snapshot =>
    snapshot === null ? [] : [marksOfSnapshot(store, snapshot)],
  )
  return others.length === 0 ? (only ?? []) : smallest([...(only ?? []), ...others.flat()])
}

function marksOfSnapshot(store: ReadableStore, snapshot: number): readonly number[] {
  const memory = rememberedOn(store)
  const known = memory === undefined ? undefined : (shown.get(memory) ?? new Map<number, readonly number[]>())
  const there = known?.get(snapshot)
  if (there !== undefined) return there
  const marks = marksOf(readSnapshot(store, snapshot).models)
  if (memory === undefined || known === undefined) return marks
  if (known.size >= mostShown) known.clear()
  shown.set(memory, known.set(snapshot, marks))
  return marks
}

/** 48 bits: exact in a number, and far from chance. */
function markOf(digest: string, modifiedAt: string): number {
  return textHash(`${digest} ${modifiedAt}`).readUIntBE(0, 6)
}

/**
 * A clock gave it: with a fraction of a second. Images and archives keep whole seconds, and build tools write the first
 * second of 1970 or of the calendar.
 */
function isTelling(modifiedAt: string): boolean {
  return /\.\d*[1-9]\d*Z$/.test(modifiedAt) && !/^(0001|1970|1980)-/.test(modifiedAt)
}
