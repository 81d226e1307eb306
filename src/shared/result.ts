import * as z from 'zod'

/**
 * Every expected bad outcome has a code of this list. A failure is a value, never thrown (ARCHITECTURE.md): its words are
 * in `resources/locales/<language>/failures.json` under the same code, once as `error` (what is wrong) and once
 * as `next` (what to do now), with `details` filled in. A test compares the list with both languages.
 */
export const failureCodes = [
  'invalid-request',
  'usage',
  'range-malformed',
  'range-host-bits',
  'range-reversed',
  'range-everything',
  'range-too-large',
  'range-not-scannable',
  'range-public',
  'range-registered',
  'range-unknown',
  'range-in-use',
  'candidate-malformed',
  'candidate-outside',
  'window-malformed',
  'network-rate-malformed',
  'exclusion-malformed',
  'exclusion-outside',
  'date-malformed',
  'port-malformed',
  'zone-unknown',
  'site-unknown',
  'site-malformed',
  'authorisation-missing',
  'authorisation-expired',
  'scope-outside',
  'nothing-to-scan',
  'rate-malformed',
  'vantage-unknown',
  'vantage-changed',
  'scan-running',
  'scan-unknown',
  'scan-not-running',
  'scan-not-resumable',
  'scan-outdated',
  'window-closed',
  'profile-unknown',
  'instance-unknown',
  'actor-unknown',
  'actor-known',
  'actor-malformed',
  'actor-required',
  'role-unknown',
  'passphrase-missing',
  'passphrase-short',
  'passphrase-wrong',
  'pass-unknown',
  'not-permitted',
  'file-unreadable',
  'audit-empty',
  'audit-entry-unknown',
  'owner-unknown',
  'import-unknown',
  'import-in-use',
  'import-overtaken',
  'inheritance-unknown',
  'rule-unknown',
  'rule-fails',
  'rule-of-pack',
  'severity-unknown',
  'parameter-unknown',
  'policy-not-per-site',
  'policy-malformed',
  'finding-unknown',
  'finding-step',
  'finding-not-removed',
  'exception-unknown',
  'exception-incomplete',
  'exception-over',
  'exception-not-open',
  'exception-pending',
  'exception-decided',
  'exception-own',
  'data-folder-held',
  'data-folder-unusable',
  'data-newer',
  'data-damaged',
  'disk-full',
  'backend-gone',
  'lab-unavailable',
  'needs-owner',
] as const
export type FailureCode = (typeof failureCodes)[number]

export const Failure = z.object({
  code: z.enum(failureCodes),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Failure = z.infer<typeof Failure>

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function fail(code: FailureCode, details: Failure['details'] = {}): { ok: false; failure: Failure } {
  return { ok: false, failure: { code, details } }
}
