import * as z from 'zod'
import { Actor, ActorInput } from '../domain/actor.ts'
import { AuditEntry, AuditRequest, AuditVerification, SignedHead } from '../domain/audit.ts'
import { DueDays, DueDaysEdit } from '../domain/due-days.ts'
import { Exception, ExceptionRequest, ExceptionsRequest, ExceptionsRequested } from '../domain/exception.ts'
import { ExceptionLimit, ExceptionLimitEdit } from '../domain/exception-limit.ts'
import { Completion, CompletionRequest, Facets, FacetsRequest } from '../domain/facet.ts'
import { Finding, FindingDetail, FindingRequest, FindingStep } from '../domain/finding.ts'
import {
  FindingPage,
  FindingPageRequest,
  FindingSelection,
  FindingSelectionRequest,
  FindingsMove,
  FindingsMoved,
} from '../domain/finding-list.ts'
import {
  Owner,
  OwnerImport,
  OwnerImportRequest,
  OwnerImportUndo,
  OwnerImportUndone,
} from '../domain/owner.ts'
import {
  AssignRequest,
  BulkResult,
  Inheritance,
  InheritanceInput,
  OwnershipMove,
  OwnershipState,
} from '../domain/ownership.ts'
import { PolicyEdit, PolicyRule, PolicyTest } from '../domain/policy.ts'
import { PreviewPiece, PreviewRequest, RuleCount, RuleVersion } from '../domain/rule-preview.ts'
import { ScanStarted } from '../domain/scan.ts'
import { TriageRow } from '../domain/triage.ts'
import { ExceptionId, FindingId, ScanId } from '../ids.ts'
import { command, query, state } from './channel.ts'

const nothing = z.object({})
const ruleText = z.object({ text: z.string().max(5_000_000) })

/** The channels of governance: part of the contract. */
export const governanceChannels = {
  'actor.list': query(nothing, z.array(Actor)),
  'actor.add': command(ActorInput, Actor),
  'actor.unlock': state(
    z.object({ actor: z.string().max(200), passphrase: z.string().max(2000) }),
    z.object({ pass: z.string() }),
  ),
  'audit.list': query(AuditRequest, z.array(AuditEntry)),
  'audit.verify': query(z.object({ head: SignedHead.nullable().default(null) }), AuditVerification),
  'audit.sign': command(nothing, SignedHead),
  'audit.erase': command(
    z.object({ entry: z.int().positive(), reason: z.string().trim().min(1).max(500) }),
    z.object({ entry: z.int(), erased: z.int() }),
  ),
  'owner.list': query(nothing, z.array(Owner)),
  'owner.preview': query(OwnerImportRequest, OwnerImport),
  'owner.import': command(OwnerImportRequest, OwnerImport),
  'owner.undo-import': command(OwnerImportUndo, OwnerImportUndone),
  'owner.assign': command(AssignRequest, BulkResult),
  'owner.move': command(OwnershipMove, BulkResult),
  'owner.triage': query(
    z.object({ state: OwnershipState.optional(), limit: z.int().min(1).max(200_000).default(200_000) }),
    z.array(TriageRow),
  ),
  'owner.inheritances': query(nothing, z.array(Inheritance)),
  'owner.inherit': command(InheritanceInput, Inheritance),
  'owner.disinherit': command(z.object({ id: z.int().nonnegative() }), z.object({ id: z.int() })),
  'policy.list': query(nothing, z.array(PolicyRule)),
  'policy.show': query(z.object({ key: z.string().max(80) }), PolicyRule),
  'policy.test': query(ruleText, PolicyTest),
  'policy.set': command(PolicyEdit, PolicyRule),
  'policy.add': command(ruleText, z.array(PolicyRule)),
  'policy.preview': query(PreviewRequest, PreviewPiece),
  'policy.counts': query(nothing, z.array(RuleCount)),
  'policy.versions': query(z.object({ key: z.string().max(80) }), z.array(RuleVersion)),
  'policy.due': query(nothing, DueDays),
  'policy.set-due': command(DueDaysEdit, DueDays),
  'finding.list': query(FindingRequest, z.array(Finding)),
  'finding.page': query(FindingPageRequest, FindingPage),
  'finding.facets': query(FacetsRequest, Facets),
  'finding.complete': query(CompletionRequest, Completion),
  'finding.select': query(FindingSelectionRequest, FindingSelection),
  'finding.move-all': command(FindingsMove, FindingsMoved),
  'finding.show': query(z.object({ id: FindingId }), FindingDetail),
  'finding.move': command(z.object({ id: FindingId, step: FindingStep }), FindingDetail),
  'finding.verify': command(z.object({ id: FindingId, confirmVantage: z.boolean().optional() }), ScanStarted),
  'finding.confirm-removed': command(z.object({ id: FindingId, scan: ScanId }), FindingDetail),
  'exception.list': query(nothing, z.array(Exception)),
  'exception.limit': query(nothing, ExceptionLimit),
  'exception.set-limit': command(ExceptionLimitEdit, ExceptionLimit),
  'exception.request': command(ExceptionRequest, Exception),
  'exception.request-all': command(ExceptionsRequest, ExceptionsRequested),
  'exception.approve': command(z.object({ id: ExceptionId }), Exception),
  'exception.reject': command(z.object({ id: ExceptionId }), Exception),
} as const
