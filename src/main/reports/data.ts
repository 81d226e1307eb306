import type { AllowedRequest } from '#shared/domain/allow-list.ts'
import type { Exception } from '#shared/domain/exception.ts'
import type { Severity } from '#shared/domain/exposure.ts'
import type { FindingStatus } from '#shared/domain/finding.ts'
import type { FrameworkAssessment } from '#shared/domain/framework.ts'
import type { PolicyRule } from '#shared/domain/policy.ts'
import type { ReportInput, ReportRequest } from '#shared/domain/report.ts'
import type { Coverage } from '#shared/domain/scan.ts'

/** Everything a report is made from. The same data gives the same report, on any machine. */
export interface ReportData {
  readonly request: ReportRequest
  /** The last thing seen or decided, in milliseconds: no clock is asked. */
  readonly asOf: number
  readonly organisation: string
  readonly contact: string
  readonly paddock: string
  readonly inputs: ReportInput[]
  readonly brand: { readonly colour: string; readonly logo: Uint8Array | null }
  readonly inventory: InventoryCounts
  readonly products: readonly { readonly product: string; readonly count: number }[]
  readonly rules: readonly RuleCount[]
  readonly coverage: CoverageFacts
  readonly allowList: readonly AllowedRequest[]
  readonly assessment: FrameworkAssessment | null
  readonly exceptions: readonly Exception[]
  /** Whom it is for; null: everybody. */
  readonly owner: string | null
  /** Findings that stand, the most severe and oldest first; read as they are asked for. */
  findings(): Iterable<FindingLine>
  /** Tool-calling capable instances, the most open first. */
  toolInstances(): Iterable<ToolLine>
}

export interface InventoryCounts {
  readonly instances: number
  readonly present: number
  readonly open: number
  readonly accessUnknown: number
  readonly tools: number
  readonly toolsUnknown: number
  readonly toolsOpen: number
  readonly imitations: number
  readonly owned: number
}

/** How often a rule is broken, in findings. */
export interface RuleCount {
  readonly rule: PolicyRule | null
  readonly key: string
  readonly severity: Severity
  /** Open, whether somebody is at work or not. */
  readonly open: number
  readonly overdue: number
  readonly excepted: number
  readonly unknown: number
  /** Findings that stand but are about something that cannot be seen now. */
  readonly dormant: number
}

export interface RangeCoverage {
  readonly site: string
  readonly block: string
  readonly zone: string
  readonly ports: readonly number[]
  readonly authorisedBy: string
  readonly reference: string
  readonly validUntil: string
  readonly inForce: boolean
  readonly exclusions: readonly string[]
  /** null: never scanned. */
  readonly scan: {
    readonly id: number
    readonly status: string
    readonly endedAt: number
    /** Whether it set out to visit all of the range, on all of its ports. */
    readonly isWhole: boolean
    readonly vantage: string | null
    readonly coverage: Coverage
  } | null
}

export interface CoverageFacts {
  readonly scanCount: number
  readonly firstAt: number | null
  readonly lastAt: number | null
  readonly ranges: readonly RangeCoverage[]
  readonly totals: Coverage
  /** Every range in force was covered to its last target. */
  readonly complete: boolean
}

export interface FindingLine {
  readonly id: number
  readonly instance: number
  readonly site: string
  readonly address: string
  readonly port: number
  readonly rule: string
  /** '': the instance itself. */
  readonly subject: string
  readonly severity: Severity
  readonly status: FindingStatus
  readonly openedAt: number
  readonly dueAt: number | null
  /** When it was last seen so. */
  readonly seenAt: number | null
  readonly owner: string | null
}

export interface ToolLine {
  readonly instance: number
  readonly site: string
  readonly zone: string
  readonly address: string
  readonly port: number
  readonly product: string
  readonly version: string | null
  readonly access: string
  readonly cors: string
  readonly presence: string
  readonly models: readonly string[]
  readonly owner: string | null
  readonly lastSeenAt: number
}

export const openStatuses: ReadonlySet<string> = new Set([
  'open',
  'in-remediation',
  'awaiting-verification',
  'not-verifiable',
])
