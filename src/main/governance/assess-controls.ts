import {
  type ControlAssessment,
  type ControlReason,
  type ControlState,
  controlStates,
  type FrameworkControl,
  type RuleTally,
  rulesOfClass,
} from '#shared/domain/framework.ts'

/** How far the scans looked. */
export interface AssessedCoverage {
  /** Whether any scan has ended. */
  readonly scanned: boolean
  /** Whether every authorised range was covered to its last target. */
  readonly complete: boolean
}

export interface AssessmentFacts {
  readonly tallies: ReadonlyMap<string, RuleTally>
  readonly coverage: AssessedCoverage
}

/**
 * What can be said of a control from what scans saw and people decided. Silence is no proof: without a finding a control is
 * met only where every rule behind it could be decided everywhere and every authorised range was looked at.
 */
export function assessControl(control: FrameworkControl, facts: AssessmentFacts): ControlAssessment {
  const tallies = ruleKeys(control).flatMap(key => facts.tallies.get(key) ?? [])
  const judged = judge(control, tallies, facts.coverage)
  // What nobody has verified may speak against us, never for us.
  const isFlattering =
    control.status === 'unverified' && (judged.state === 'met' || judged.state === 'partly')
  const { state, reasons }: Judged = isFlattering
    ? { state: 'not-assessable', reasons: ['unverified', ...judged.reasons] }
    : judged
  return { ...control, state, reasons: [...reasons], tallies }
}

/** The rules that speak about a control, each once. */
export function ruleKeys({ classes, rules }: FrameworkControl): string[] {
  return [...new Set([...classes.flatMap(each => rulesOfClass[each]), ...rules])]
}

export function countStates(controls: readonly ControlAssessment[]): Record<ControlState, number> {
  const counts = Object.fromEntries(controlStates.map(state => [state, 0])) as Record<ControlState, number>
  for (const { state } of controls) counts[state]++
  return counts
}

interface Judged {
  readonly state: ControlState
  readonly reasons: readonly ControlReason[]
}

const notAssessable = (reason: ControlReason): Judged => ({ state: 'not-assessable', reasons: [reason] })

function judge(
  control: FrameworkControl,
  tallies: readonly RuleTally[],
  { scanned, complete }: AssessedCoverage,
): Judged {
  const isMapped = control.coverage || ruleKeys(control).length > 0
  if (control.condition !== undefined) return notAssessable('conditional')
  if (!isMapped) return notAssessable('unmapped')
  if (!scanned) return notAssessable('never-scanned')
  const asked = tallies.filter(({ enabled }) => enabled)
  const against = speakingAgainst(asked)
  if (against.length > 0) return { state: 'not-met', reasons: against }
  if (ruleKeys(control).length > 0 && asked.length === 0) return notAssessable('rules-off')
  const missing = asked.length < ruleKeys(control).length
  const doubts = doubtsOf(asked, complete, missing)
  return doubts.length > 0 ? { state: 'partly', reasons: doubts } : { state: 'met', reasons: ['clean'] }
}

function speakingAgainst(tallies: readonly RuleTally[]): ControlReason[] {
  const reasons: ControlReason[] = []
  if (tallies.some(({ open }) => open > 0)) reasons.push('findings-open')
  if (tallies.some(({ overdue }) => overdue > 0)) reasons.push('findings-overdue')
  return reasons
}

function doubtsOf(tallies: readonly RuleTally[], complete: boolean, missing: boolean): ControlReason[] {
  const reasons: ControlReason[] = []
  if (tallies.some(({ handled }) => handled > 0)) reasons.push('findings-handled')
  if (tallies.some(({ excepted }) => excepted > 0)) reasons.push('excepted')
  if (tallies.some(({ unknown }) => unknown > 0)) reasons.push('verdicts-unknown')
  if (!complete) reasons.push('coverage-incomplete')
  if (missing) reasons.push('rules-off')
  return reasons
}
