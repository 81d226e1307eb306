import type { ListedModel } from '#shared/domain/observation.ts'
import type { ProbeKind } from '#shared/domain/probe.ts'
import type { Product, Signal } from '#shared/domain/product.ts'
import { type Answer, type Answered, headerOf, jsonOf, textOf } from './answer.ts'

/** The answers to the questions asked so far. */
export type Answers = ReadonlyMap<ProbeKind, Answer>

/**
 * How one kind of AI software is told from all others. One file in `products/` each, with fixtures in
 * `test/fixtures/products/<product>.json`: real answers that must be recognised, and near misses that must not.
 */
export interface ProductRule {
  readonly product: Exclude<Product, 'unknown'>
  /** A question of its own, asked only where the general answers hint at this product. */
  readonly confirm: ProbeKind | null
  /** What speaks for and against it. Points add up to a confidence of at most 100. */
  judge(answers: Answers): readonly Signal[]
  readVersion(answers: Answers): string | null
  readModels(answers: Answers): readonly ListedModel[] | null
}

export function confidenceOf(signals: readonly Signal[]): number {
  const sum = signals.reduce((total, signal) => total + signal.points, 0)
  return Math.max(0, Math.min(100, sum))
}

/** A signal where the condition holds, else nothing: lets a rule read as a list of what it looks at. */
export function signal(holds: boolean, name: string, points: number, saw: string | null): readonly Signal[] {
  return holds ? [{ name, points, saw: (saw ?? '').slice(0, 120) }] : []
}

/** The whole answer to a question with status 200, or null. */
export function ok(answers: Answers, kind: ProbeKind): Answered | null {
  const answer = answers.get(kind)
  return answer?.ok && answer.status === 200 ? answer : null
}

export function statusOf(answers: Answers, kind: ProbeKind): number | null {
  const answer = answers.get(kind)
  return answer?.ok ? answer.status : null
}

/** The JSON of a 200 answer; undefined where there is none. */
export function json(answers: Answers, kind: ProbeKind): unknown {
  const answer = ok(answers, kind)
  return answer === null ? undefined : jsonOf(answer)
}

export function text(answers: Answers, kind: ProbeKind): string {
  const answer = answers.get(kind)
  return answer?.ok ? textOf(answer) : ''
}

/** A header of any answer: servers name themselves on every one. */
export function anyHeader(answers: Answers, name: string): string | null {
  for (const answer of answers.values()) {
    const value = answer.ok ? headerOf(answer, name) : null
    if (value !== null) return value
  }
  return null
}

export function serverHeader(answers: Answers): string {
  return (anyHeader(answers, 'server') ?? '').toLowerCase()
}
