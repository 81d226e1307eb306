import { createHash } from 'node:crypto'
import type { ListedModel } from '#shared/domain/observation.ts'

/** So many of an instance's models are compared: the smallest marks, so that everybody chooses the same ones. */
const most = 64

/** By what a server is known again: each content with the instant it was pulled. Round instants tell nothing. */
export function marksOf(models: readonly ListedModel[] | null): number[] {
  const marks = (models ?? []).flatMap(({ digest, modifiedAt }) =>
    digest === null || modifiedAt === null || !isTelling(modifiedAt) ? [] : [markOf(digest, modifiedAt)],
  )
  return [...new Set(marks)].sort((a, b) => a - b).slice(0, most)
}

/** 48 bits: exact in a number, and far from chance. */
function markOf(digest: string, modifiedAt: string): number {
  return createHash('sha256').update(`${digest} ${modifiedAt}`).digest().readUIntBE(0, 6)
}

/**
 * A clock gave it: with a fraction of a second. Images and archives keep whole seconds, and build tools write the first
 * second of 1970 or of the calendar.
 */
function isTelling(modifiedAt: string): boolean {
  return /\.\d*[1-9]\d*Z$/.test(modifiedAt) && !/^(0001|1970|1980)-/.test(modifiedAt)
}
