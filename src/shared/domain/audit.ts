import * as z from 'zod'
import { IsoInstant } from './instant.ts'

/** One thing a command changed; null: it was not there, or is not there any more. */
export const AuditChange = z.object({ subject: z.string(), before: z.unknown(), after: z.unknown() })
export type AuditChange = z.infer<typeof AuditChange>

/** Who did what, when, with what result. null where a value was erased. */
export const AuditEntry = z.object({
  id: z.int().positive(),
  at: IsoInstant,
  actor: z.string().nullable(),
  /** The account of the operating system it was done under. */
  account: z.string().nullable(),
  command: z.string(),
  outcome: z.enum(['done', 'refused']),
  input: z.unknown(),
  /** What came of it, or the failure. */
  result: z.unknown(),
  /** What was changed; of a bulk command as many as were asked for. */
  changes: z.array(AuditChange.nullable()),
  changeCount: z.int().nonnegative(),
  erased: z.boolean(),
  /** Of this entry and all before it, 64 hex digits. */
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const AuditRequest = z.object({
  actor: z.string().max(200).optional(),
  command: z.string().max(100).optional(),
  outcome: z.enum(['done', 'refused']).optional(),
  /** A word that occurs in it. */
  text: z.string().max(200).optional(),
  since: IsoInstant.optional(),
  until: IsoInstant.optional(),
  /** Only what changed something whose name begins so: `instance 17`, `owner`. */
  subject: z.string().max(200).optional(),
  /** Only entries before this one: to go on where a page ended. */
  before: z.int().positive().optional(),
  limit: z.int().min(1).max(1000).default(100),
  /** So many changes of each entry at most; the others are asked for by entry. */
  mostChanges: z.int().nonnegative().default(1_000_000),
})
export type AuditRequest = z.infer<typeof AuditRequest>

/** The end of the chain at one time, signed: kept elsewhere, it shows later that nothing was cut off. */
export const SignedHead = z.object({
  entry: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: IsoInstant,
  organisation: z.string(),
  actor: z.string(),
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  /** Ed25519 over the canonical text of the fields above, 128 hex digits. */
  signature: z.string().regex(/^[0-9a-f]{128}$/),
})
export type SignedHead = z.infer<typeof SignedHead>

/** What can be wrong with the chain or with what it vouches for. */
export const AuditDamage = z.enum([
  'entry-missing',
  'entry-altered',
  'value-altered',
  'value-missing',
  'value-stray',
  'erased-without-record',
  'observation-altered',
  'observation-unsealed',
  'observation-changed-unseen',
  'coverage-altered',
  'exception-altered',
  'head-not-found',
  'head-signature',
])
export type AuditDamage = z.infer<typeof AuditDamage>

/** Changes of one entry, a page of them. */
export const AuditChanges = z.object({
  total: z.int().nonnegative(),
  changes: z.array(AuditChange.nullable()),
})
export type AuditChanges = z.infer<typeof AuditChanges>

/** What there is to filter by. */
export const AuditKinds = z.object({
  entries: z.int().nonnegative(),
  commands: z.array(z.string()),
  actors: z.array(z.string()),
})
export type AuditKinds = z.infer<typeof AuditKinds>

/** How far the chain has been compared. */
export const AuditProgress = z.object({ done: z.int().nonnegative(), total: z.int().nonnegative() })
export type AuditProgress = z.infer<typeof AuditProgress>

export const AuditVerification = z.object({
  intact: z.boolean(),
  entries: z.int().nonnegative(),
  /** Scans whose observations were compared with their seals. */
  scans: z.int().nonnegative(),
  erased: z.int().nonnegative(),
  head: z.object({ entry: z.int(), hash: z.string(), at: IsoInstant }).nullable(),
  /** The first bad entry, and what is wrong with it or with what it vouches for. */
  problem: z.object({ entry: z.int().positive(), damage: AuditDamage, scan: z.int().nullable() }).nullable(),
  /** Whether the end was compared with a head that was kept elsewhere. Without one a cut tail cannot be seen. */
  tailChecked: z.boolean(),
})
export type AuditVerification = z.infer<typeof AuditVerification>
