import * as z from 'zod'
import { OwnerId } from '../ids.ts'
import { IsoInstant } from './instant.ts'

/** What somebody answers for. */
export const duties = ['technical', 'data', 'risk'] as const
export const Duty = z.enum(duties)
export type Duty = z.infer<typeof Duty>

export const OwnerKind = z.enum(['person', 'team'])
export type OwnerKind = z.infer<typeof OwnerKind>

/** What is known of an owner. */
export const OwnerInput = z.object({
  kind: OwnerKind,
  name: z.string().trim().min(1).max(200),
  email: z.string().nullable(),
  /** The id in the directory or tool they come from. */
  externalId: z.string().nullable(),
  unit: z.string().nullable(),
})
export type OwnerInput = z.infer<typeof OwnerInput>

/** A person or a team that can answer for instances. */
export const Owner = OwnerInput.extend({
  id: OwnerId,
  /** Rows of the inventory under their name: exactly what the query `owner:"name"` finds. */
  instanceCount: z.int().nonnegative(),
  /** Instances they were named for, by what they answer for. */
  stated: z.object({
    technical: z.int().nonnegative(),
    data: z.int().nonnegative(),
    risk: z.int().nonnegative(),
  }),
  /** Instances they are proposed for. */
  proposedCount: z.int().nonnegative(),
  createdAt: IsoInstant,
})
export type Owner = z.infer<typeof Owner>

export const OwnerEdit = OwnerInput.partial().extend({ id: OwnerId })
export type OwnerEdit = z.infer<typeof OwnerEdit>

/** An import as it is remembered, to be taken back. */
export const OwnerImportRecord = z.object({
  id: z.int().positive(),
  at: IsoInstant,
  actor: z.string(),
  file: z.string(),
  added: z.int().nonnegative(),
  changed: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  rejected: z.int().nonnegative(),
  undoneAt: IsoInstant.nullable(),
})
export type OwnerImportRecord = z.infer<typeof OwnerImportRecord>

export const ownerFields = ['kind', 'name', 'email', 'externalId', 'unit'] as const
export const OwnerField = z.enum(ownerFields)
export type OwnerField = z.infer<typeof OwnerField>

/** Why a line of a file was not taken. */
export const RejectReason = z.enum([
  'name-missing',
  'name-too-long',
  'email-malformed',
  'kind-unknown',
  'duplicate-in-file',
  'field-count',
  'too-many-lines',
])
export type RejectReason = z.infer<typeof RejectReason>

export const Reject = z.object({
  /** As an editor counts them, the heading included. */
  line: z.int().positive(),
  reason: RejectReason,
  text: z.string(),
})
export type Reject = z.infer<typeof Reject>

/** Which column of a file holds which field. */
export const OwnerMapping = z.partialRecord(OwnerField, z.string())
export type OwnerMapping = z.infer<typeof OwnerMapping>

export const OwnerImportRequest = z.object({
  /** Its name, for the record. */
  file: z.string().max(500),
  csv: z.string().max(50_000_000),
  /** Only where the headings do not say it. */
  mapping: OwnerMapping.default({}),
})
export type OwnerImportRequest = z.infer<typeof OwnerImportRequest>

/** What an import does, or would do. Added, changed, unchanged and rejected add up to the lines of the file. */
export const OwnerImport = z.object({
  /** null: only looked at. */
  id: z.int().positive().nullable(),
  file: z.string(),
  columns: z.array(z.string()),
  mapping: OwnerMapping,
  lines: z.int().nonnegative(),
  added: z.int().nonnegative(),
  changed: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  rejected: z.array(Reject),
  /** The first owners as they were understood. */
  sample: z.array(OwnerInput),
})
export type OwnerImport = z.infer<typeof OwnerImport>

/** Takes an import back; `rest`: all of it but those who answer for something by now. */
export const OwnerImportUndo = z.object({ id: z.int().nonnegative(), rest: z.boolean().default(false) })
export type OwnerImportUndo = z.infer<typeof OwnerImportUndo>

export const OwnerImportUndone = z.object({
  removed: z.int().nonnegative(),
  restored: z.int().nonnegative(),
  /** Added by it, and left because they answer for something. */
  kept: z.int().nonnegative(),
})
export type OwnerImportUndone = z.infer<typeof OwnerImportUndone>
