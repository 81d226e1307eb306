import { derivingTransaction } from '../store/checkpoints.ts'
import {
  type MovedDates,
  moveDueDates,
  newestFindingId,
  startClocks,
  stopClocks,
} from '../store/due-dates.ts'
import { keepSetting, settingNamed } from '../store/settings.ts'
import type { ReadableStore, WritableStore } from '../store/statement.ts'

const name = 'due-moves'
const dayMs = 86_400_000
/** So many findings are one transaction. */
export const findingsPerMove = 4000

/** Dates that are to be moved as somebody decided, as far as that is not done. */
interface DueMove {
  readonly severity: string
  readonly was: number | null
  readonly is: number | null
  /** Findings up to this one are done. */
  readonly after: number
  /** Later ones were opened by the new times. */
  readonly last: number
}

interface DueMoves {
  /** Rises with every move that is done: whoever read dates before must not write them. */
  readonly done: number
  readonly moves: readonly DueMove[]
}

const none = JSON.stringify({ done: 0, moves: [] } satisfies DueMoves)

/** What dates rest on. As long as it is the same text, no date was moved, or is going to be. */
export function dueState(store: ReadableStore): string {
  return settingNamed(store, { name })?.value ?? none
}

function read(store: ReadableStore): DueMoves {
  return JSON.parse(dueState(store)) as DueMoves
}

/** Writes down that dates of findings are to be moved: there may be millions, and the writer is everybody's. */
export function planDueMove(
  store: WritableStore,
  { severity, was, is }: Pick<DueMove, 'severity' | 'was' | 'is'>,
): void {
  const { done, moves } = read(store)
  const last = newestFindingId(store, {})?.id ?? 0
  const planned: DueMoves = { done, moves: [...moves, { severity, was, is, after: 0, last }] }
  keepSetting(store, { name, value: JSON.stringify(planned) })
}

/** How many findings are still to be looked at for their date. */
export function dueMovesLeft(store: ReadableStore): number {
  return read(store).moves.reduce((sum, { after, last }) => sum + last - after, 0)
}

/** Moves dates of the next findings, in one transaction. Returns whether there is more to do. */
export function moveSomeDates(store: WritableStore): boolean {
  return derivingTransaction(store, () => {
    const { done, moves } = read(store)
    const [move, ...others] = moves
    if (move === undefined) return false
    const upTo = Math.min(move.last, move.after + findingsPerMove)
    moveDates(store, move, { severity: move.severity, after: move.after, upTo })
    const rest = upTo < move.last ? [{ ...move, after: upTo }, ...others] : others
    const now: DueMoves = { done: rest.length < moves.length ? done + 1 : done, moves: rest }
    keepSetting(store, { name, value: JSON.stringify(now) })
    return rest.length > 0
  })
}

function moveDates(store: WritableStore, { was, is }: DueMove, among: MovedDates): void {
  if (is === null) stopClocks(store, among)
  else if (was === null) startClocks(store, { ...among, ms: is * dayMs })
  else moveDueDates(store, { ...among, by: (is - was) * dayMs })
}
