import { textDigest } from '../store/keys.ts'
import {
  looksLeft,
  looksSince,
  type SpelledOut,
  sealChanges,
  spellsBefore,
  spellsEnded,
} from '../store/sealed-spells.ts'
import type { ReadableStore } from '../store/statement.ts'

/** The observations a scan was the last to make of their endpoints: they leave the set when a later scan sees them again. */
export interface SealedSet {
  readonly scan: number
  readonly count: number
  readonly digest: string
}

/** From its lines as one text. */
export function setOf(scan: number, count: number, text: string): SealedSet {
  return { scan, count, digest: textDigest(count === 0 ? '\n' : `${text}\n\n`) }
}

export interface TouchedSets {
  /** The scans whose sets a scan changed, and itself. */
  readonly touched: readonly number[]
  /** Their sets, as they are now, … */
  readonly now: readonly SealedSet[]
  /** … and as the newest seal left them: what the scan extended is told by how far it had reached before. */
  readonly before: readonly SealedSet[]
}

/** The sets a scan changed, before and after, from one look at each spell. */
export function setsTouched(
  store: ReadableStore,
  scan: number,
  { seal, spell: highest }: { readonly seal: number; readonly spell: number },
): TouchedSets {
  const looks = looksSince(store, { seal })
  const changes = sealChanges(store, {})
  const touched = scansTouched(scan, looks, changes)
  const scans = JSON.stringify(touched)
  const spells = [
    ...looks,
    ...looksLeft(store, { scans, seal }),
    ...spellsEnded(store, { scans }),
    ...spellsBefore(store, {}),
  ]
  const ended = new Set(changes.map(each => each.spell_id))
  const [now, before] = [new Lines(touched), new Lines(touched)]
  for (const [id, scanNow, line, scanBefore, lineBefore] of spells.sort(byId)) {
    if (id === null) continue
    now.add(scanNow, line)
    const isSealed = line === null || (id <= highest && !ended.has(id))
    if (isSealed) before.add(scanBefore ?? scanNow, lineBefore ?? line)
  }
  return { touched, now: now.sets(), before: before.sets() }
}

function byId([a]: SpelledOut, [b]: SpelledOut): number {
  return (a ?? 0) - (b ?? 0)
}

function scansTouched(
  scan: number,
  looks: readonly SpelledOut[],
  changes: readonly { readonly scan_id: number }[],
): number[] {
  const changed = new Set(changes.map(each => each.scan_id))
  for (const [, , , before] of looks) if (before !== null) changed.add(before)
  return [...new Set([...[...changed].sort((a, b) => a - b), scan])]
}

/** The lines of some sets, in order. */
class Lines {
  readonly #sets: ReadonlyMap<number, string[]>

  constructor(scans: readonly number[]) {
    this.#sets = new Map(scans.map(scan => [scan, []]))
  }

  /** Of other sets nothing is kept. */
  add(scan: number | null, line: string | null): void {
    if (scan !== null && line !== null) this.#sets.get(scan)?.push(line)
  }

  sets(): SealedSet[] {
    return [...this.#sets].map(([scan, lines]) => setOf(scan, lines.length, lines.join('\n')))
  }
}
