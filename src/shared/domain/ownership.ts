import * as z from 'zod'
import { OwnerId } from '../ids.ts'
import { IsoDate, IsoInstant } from './instant.ts'
import { Duty } from './owner.ts'
import { Chosen } from './selection.ts'

/** Where an instance is on its way to somebody who answers for it. */
export const ownershipStates = ['unowned', 'proposed', 'assigned', 'acknowledged', 'disputed'] as const
export const OwnershipState = z.enum(ownershipStates)
export type OwnershipState = z.infer<typeof OwnershipState>

export const ownershipSteps = ['propose', 'reject', 'assign', 'acknowledge', 'dispute', 'release'] as const
export const OwnershipStep = z.enum(ownershipSteps)
export type OwnershipStep = z.infer<typeof OwnershipStep>

/**
 * Every step there is. What is not in it cannot be done: no other code moves an ownership. `release` puts it back into
 * triage; `assign` from anywhere hands it over.
 */
export const ownershipTransitions = {
  unowned: { propose: 'proposed', assign: 'assigned' },
  proposed: { reject: 'unowned', assign: 'assigned' },
  assigned: { assign: 'assigned', acknowledge: 'acknowledged', dispute: 'disputed', release: 'unowned' },
  acknowledged: { assign: 'assigned', dispute: 'disputed', release: 'unowned' },
  disputed: { assign: 'assigned', release: 'unowned' },
} as const satisfies Record<OwnershipState, Partial<Record<OwnershipStep, OwnershipState>>>

/** Where a step leads; null: it cannot be taken from there. */
export function afterStep(state: OwnershipState, step: OwnershipStep): OwnershipState | null {
  const steps: Partial<Record<OwnershipStep, OwnershipState>> = ownershipTransitions[state]
  return steps[step] ?? null
}

/** How it is known who owns an instance. Stated beats inherited; a proposal does not count as owned. */
export const OwnershipOrigin = z.enum(['stated', 'inherited', 'proposed', 'none'])
export type OwnershipOrigin = z.infer<typeof OwnershipOrigin>

/** Why somebody owns an instance, or might: a sentence of the locales with its values. */
export const OwnershipReason = z.object({
  kind: z.enum([
    'stated',
    'inherited-range',
    'inherited-site',
    'inherited-name',
    'range-contact',
    'host-name',
    'neighbours',
    'none',
  ]),
  detail: z.string(),
})
export type OwnershipReason = z.infer<typeof OwnershipReason>

/** Who answers for one duty of an instance. */
export const Ownership = z.object({
  duty: Duty,
  state: OwnershipState,
  origin: OwnershipOrigin,
  /** Whether somebody answers for it: assigned or acknowledged, stated or inherited. */
  isOwned: z.boolean(),
  ownerId: OwnerId.nullable(),
  owner: z.string().nullable(),
  reasons: z.array(OwnershipReason),
  /** Of a proposal: how sure, of 100. */
  confidence: z.int().min(0).max(100).nullable(),
  note: z.string(),
  dueOn: IsoDate.nullable(),
  sinceAt: IsoInstant.nullable(),
})
export type Ownership = z.infer<typeof Ownership>

/** A decision about who answers for an instance, as it is kept. */
export interface OwnershipOnRecord {
  readonly duty: Duty
  readonly state: { readonly from: OwnershipState; readonly to: OwnershipState }
  /** By name, as it was then. */
  readonly owner: { readonly from: string | null; readonly to: string | null }
}

export const ownershipActions = ['assign', 'accept', 'reject', 'acknowledge', 'dispute', 'release'] as const
export type OwnershipAction = (typeof ownershipActions)[number]

/** What can be done from where an ownership stands: nothing else is offered, and nothing else is taken. */
export function actionsOf({ state, origin }: Pick<Ownership, 'state' | 'origin'>): OwnershipAction[] {
  return ownershipActions.filter(action => {
    if (action === 'accept' || action === 'reject') return state === 'proposed'
    // What is inherited is changed where it comes from.
    if (action === 'release' && origin === 'inherited') return false
    return afterStep(state, action) !== null
  })
}

/** Names of instances (id, address and port), or nothing. */
const instances = z.array(z.string().max(100)).max(200_000)
const note = z.string().trim().max(2000).default('')

export const AssignRequest = Chosen.extend({
  /** Id, e-mail address or id in the directory. */
  owner: z.string().max(320),
  duty: Duty.default('technical'),
  /** What whoever takes over should know. */
  note,
  dueOn: IsoDate.nullable().default(null),
})
export type AssignRequest = z.infer<typeof AssignRequest>

export const OwnershipMove = z.object({
  instances,
  step: z.enum(['accept', 'reject', 'acknowledge', 'dispute', 'release']),
  duty: Duty.default('technical'),
  note,
})
export type OwnershipMove = z.infer<typeof OwnershipMove>

/** How many instances a bulk command reached: the three add up to those named. */
export const BulkResult = z.object({
  assigned: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  refusals: z.array(z.object({ instance: z.string(), reason: z.enum(['unknown', 'step', 'no-proposal']) })),
})
export type BulkResult = z.infer<typeof BulkResult>

export const InheritanceInput = z.object({
  scope: z.enum(['range', 'site', 'name']),
  /** A block, a site's name, or a pattern of host names with `*`. */
  value: z.string().trim().min(1).max(300),
  owner: z.string().max(320),
  duty: Duty.default('technical'),
})
export type InheritanceInput = z.infer<typeof InheritanceInput>

export const Inheritance = z.object({
  id: z.int().positive(),
  scope: InheritanceInput.shape.scope,
  value: z.string(),
  ownerId: OwnerId,
  owner: z.string(),
  duty: Duty,
})
export type Inheritance = z.infer<typeof Inheritance>
