import type Database from 'better-sqlite3'
import {
  type Compilable,
  DummyDriver,
  Kysely,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely'
import type { Tables } from './schema.ts'

/** A connection that may only look. */
export interface ReadableStore {
  readonly connection: Database.Database
}

declare const writable: unique symbol
/** The one connection that may change things. */
export interface WritableStore extends ReadableStore {
  readonly [writable]: true
}

/**
 * Kysely only builds: its own execution is asynchronous and a tenth as fast. A statement is compiled once, when its module
 * loads, with named parameters, and prepared once per connection.
 */
export const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: db => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

type Value = string | number | bigint | Uint8Array | null
type Arguments = Readonly<Record<string, Value>>
type Placeholders<A> = { readonly [K in keyof A]: RawBuilder<A[K]> }
type Build<A, Row> = (db: typeof builder, args: Placeholders<A>) => Compilable<Row>

const nothing = {}

/** A query for any number of rows. */
export function rows<A extends Arguments = Record<never, never>>() {
  return <Row>(build: Build<A, Row>) => {
    const fixed = compile(build)
    return (store: ReadableStore, args: A): Row[] =>
      preparedOnce(store, fixed).all(...valuesOf(fixed, args)) as Row[]
  }
}

/** A query whose rows are handed out one by one, never held all at once. */
export function stream<A extends Arguments = Record<never, never>>() {
  return <Row>(build: Build<A, Row>) => {
    const fixed = compile(build)
    return (store: ReadableStore, args: A): IterableIterator<Row> =>
      store.connection.prepare(fixed.text).iterate(...valuesOf(fixed, args)) as IterableIterator<Row>
  }
}

/** A query for very many rows: their columns in order, without names, in half the time. */
export function tuples<Tuple, A extends Arguments = Record<never, never>>() {
  return (build: Build<A, unknown>) => {
    const fixed = compile(build)
    return (store: ReadableStore, args: A): Tuple[] =>
      prepared(store, fixed.text, 'tuples').all(...valuesOf(fixed, args)) as Tuple[]
  }
}

/** A query for one row, or undefined. */
export function row<A extends Arguments = Record<never, never>>() {
  return <Row>(build: Build<A, Row>) => {
    const fixed = compile(build)
    return (store: ReadableStore, args: A): Row | undefined =>
      preparedOnce(store, fixed).get(...valuesOf(fixed, args)) as Row | undefined
  }
}

/** A change. Returns how many rows it touched and the id of the last one inserted. */
export function change<A extends Arguments = Record<never, never>>() {
  return (build: Build<A, unknown>) => {
    const fixed = compile(build)
    return (store: WritableStore, args: A): { count: number; id: number } => {
      const done = preparedOnce(store, fixed).run(...valuesOf(fixed, args))
      return { count: done.changes, id: Number(done.lastInsertRowid) }
    }
  }
}

/** A query put together at run time (filters, orders): compiled at each call, its values bound. */
export function compose<Row>(store: ReadableStore, query: Compilable<Row>): Row[] {
  const compiled = query.compile()
  return prepared(store, compiled.sql).all(...compiled.parameters) as Row[]
}

/** The same for very many rows: the first column alone, … */
export function composeColumn<Value>(store: ReadableStore, query: Compilable<unknown>): Value[] {
  const compiled = query.compile()
  return prepared(store, compiled.sql, 'column').all(...compiled.parameters) as Value[]
}

/** … or all columns in order, without their names. */
export function composeTuples<Tuple>(store: ReadableStore, query: Compilable<unknown>): Tuple[] {
  const compiled = query.compile()
  return prepared(store, compiled.sql, 'tuples').all(...compiled.parameters) as Tuple[]
}

/**
 * The plus does nothing but hide that a value is bound: where one is compared with a column of a join, SQLite with STAT4
 * compiles the whole statement anew each time it is bound, in case the value suggested another plan
 * (sqlite.org/c3ref/prepare.html). Measured: 37 µs instead of 5 for one instance with its site.
 */
function compile<A, Row>(build: Build<A, Row>): Fixed {
  const placeholders = new Proxy(nothing, {
    get: (_, name) => sql`${sql.raw(`+@${String(name)}`)}`,
  }) as Placeholders<A>
  const compiled = build(builder, placeholders).compile()
  if (compiled.parameters.length > 0) {
    throw new Error(
      `a fixed statement holds ${compiled.parameters.length} values; pass them as arguments: ${compiled.sql}`,
    )
  }
  const names: string[] = []
  // By their place: looking up a name for each value takes half as long again as the whole call.
  const text = compiled.sql.replaceAll(/@(\w+)/g, (_, name: string) => {
    names.push(name)
    return '?'
  })
  return { text, names, connection: null, statement: null }
}

/** A statement that is known when its module loads. */
interface Fixed {
  readonly text: string
  /** Which argument each of its values is, in order. */
  readonly names: readonly string[]
  /** Where it was last prepared: mostly there is one connection. */
  connection: Database.Database | null
  statement: Database.Statement | null
}

function preparedOnce(store: ReadableStore, fixed: Fixed): Database.Statement {
  if (fixed.connection === store.connection && fixed.statement !== null) return fixed.statement
  const statement = prepared(store, fixed.text)
  fixed.connection = store.connection
  fixed.statement = statement
  return statement
}

function valuesOf({ names }: Fixed, args: Arguments): Value[] {
  const values: Value[] = []
  for (const name of names) {
    const value = args[name]
    if (value === undefined) throw new Error(`no value for ${name}`)
    values.push(value)
  }
  return values
}

const statements: Readonly<Record<Shape, WeakMap<Database.Database, Map<string, Database.Statement>>>> = {
  rows: new WeakMap(),
  column: new WeakMap(),
  tuples: new WeakMap(),
}
/** Composed statements differ by filter and order: kept while they are few. */
const mostStatements = 500

type Shape = 'rows' | 'column' | 'tuples'

function prepared(store: ReadableStore, text: string, shape: Shape = 'rows'): Database.Statement {
  // The text itself is the key: one put together would be hashed anew with every call.
  const found = statements[shape].get(store.connection)?.get(text)
  if (found !== undefined) return found
  const known = statements[shape].get(store.connection) ?? new Map<string, Database.Statement>()
  statements[shape].set(store.connection, known)
  if (known.size >= mostStatements) known.clear()
  const statement = store.connection.prepare(text)
  if (shape === 'column') statement.pluck()
  if (shape === 'tuples') statement.raw()
  known.set(text, statement)
  return statement
}

/** Runs `work` in one transaction: all of it is kept, or nothing. Never across an `await`. */
export function transaction<T>(store: WritableStore, work: () => T): T {
  try {
    return store.connection.transaction(work).immediate()
  } catch (error) {
    // What was remembered of it may never have been.
    forgetAll(store)
    throw error
  }
}

const memories = new WeakMap<Database.Database, Map<string, number>>()
const mostRemembered = 50_000

/** Numbers of rows that are made once and never changed, by what they say: the writer need not ask for them again. */
export function memoryOf(store: WritableStore): Map<string, number> {
  const memory = memories.get(store.connection) ?? new Map<string, number>()
  memories.set(store.connection, memory)
  if (memory.size >= mostRemembered) memory.clear()
  return memory
}

/** What the writer remembers, to hang more on; undefined on a connection that only looks. Another object after `forgetAll`. */
export function rememberedOn(store: ReadableStore): object | undefined {
  return memories.get(store.connection)
}

/** Where such rows were taken away. */
export function forgetAll(store: WritableStore): void {
  memories.delete(store.connection)
}

/** The same for work that waits in between: on a connection nobody else uses meanwhile. */
export async function steadily<T>(store: ReadableStore, work: () => Promise<T>): Promise<T> {
  store.connection.exec('BEGIN')
  try {
    return await work()
  } finally {
    store.connection.exec('COMMIT')
  }
}

/** Runs several queries on the same state of the data, whatever is written meanwhile. */
export function consistently<T>(store: ReadableStore, work: () => T): T {
  return store.connection.inTransaction ? work() : store.connection.transaction(work).deferred()
}
