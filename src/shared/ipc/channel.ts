import type * as z from 'zod'
import type { Result } from '../result.ts'

/**
 * A channel is a name, what goes in and what comes out. Three kinds: a query runs on a read-only connection and may be
 * repeated; a command is one transaction with its audit entry; a state is what the owner of the data folder knows without
 * the store (a running scan, the network it is in).
 */
export type Kind = 'query' | 'command' | 'state'

export interface Channel<K extends Kind, In extends z.ZodType, Out extends z.ZodType> {
  readonly kind: K
  readonly input: In
  readonly output: Out
}

export function query<In extends z.ZodType, Out extends z.ZodType>(
  input: In,
  output: Out,
): Channel<'query', In, Out> {
  return { kind: 'query', input, output }
}

export function command<In extends z.ZodType, Out extends z.ZodType>(
  input: In,
  output: Out,
): Channel<'command', In, Out> {
  return { kind: 'command', input, output }
}

export function state<In extends z.ZodType, Out extends z.ZodType>(
  input: In,
  output: Out,
): Channel<'state', In, Out> {
  return { kind: 'state', input, output }
}

export type AnyContract = Record<string, Channel<Kind, z.ZodType, z.ZodType>>

/** What a caller passes: defaults may be left out. */
export type InputOf<C extends AnyContract, K extends keyof C> = z.input<C[K]['input']>
/** What a handler receives: parsed, defaults filled in. */
export type ParsedOf<C extends AnyContract, K extends keyof C> = z.output<C[K]['input']>
export type OutputOf<C extends AnyContract, K extends keyof C> = z.output<C[K]['output']>

/** The names of one kind of channel. */
export type NamesOf<C extends AnyContract, Wanted extends Kind> = {
  [K in keyof C]: C[K]['kind'] extends Wanted ? K : never
}[keyof C] &
  string

/** How every side calls: in process, over the Electron bridge, over the local socket. */
export type ClientOf<C extends AnyContract> = <K extends keyof C & string>(
  channel: K,
  input: InputOf<C, K>,
) => Promise<Result<OutputOf<C, K>>>
