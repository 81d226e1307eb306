import type Database from 'better-sqlite3'
import { sql } from 'kysely'
import type { ReadableStore } from './statement.ts'

/** Nobody wants the answer any more: whoever works on it stops where it is. */
export class GivenUp extends Error {
  constructor() {
    super('given up')
  }
}

const watched = new WeakMap<Database.Database, () => boolean>()

/** From now on, long questions on this connection ask now and then whether their answer is still wanted. */
export function watchGivingUp(store: ReadableStore, isGivenUp: () => boolean): void {
  watched.set(store.connection, isGivenUp)
}

/** Throws if the answer is not wanted any more. */
export function goOn({ connection }: ReadableStore): void {
  if (watched.get(connection)?.() === true) throw new GivenUp()
}

/** Lets statements ask, too: better-sqlite3 has nothing that interrupts one from outside, but breaks off when a function throws. */
export function letStatementsAsk(connection: Database.Database): void {
  connection.function('go_on', { deterministic: false }, () => {
    goOn({ connection })
    return 1
  })
}

/** True for each row; of one in so many, by a number rows have, it asks. More often, the asking would take time itself. */
export function everySoOften(column: string) {
  return sql<boolean>`(${sql.ref(column)} & 511 OR go_on())`
}

/** The same for rows of the inventory. */
export const whileWanted = everySoOften('instance_id')

/** In a loop over very many rows: asks once in so many. */
export function goOnNowAndThen(store: ReadableStore, index: number): void {
  if ((index & 8191) === 0) goOn(store)
}
