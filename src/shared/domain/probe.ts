import * as z from 'zod'

/**
 * The questions Paddock can ask: nothing else exists (SECURITY.md, rule 2). What each sends is in
 * `scanner/allow-list.ts`; this list only names them, for counting and for people.
 */
export const probeKinds = [
  'root',
  'version',
  'tags',
  'ps',
  'status',
  'v1-models',
  'unknown-path',
  'show',
  'origin',
  'host',
  'llama-cpp-props',
  'lm-studio-models',
  'localai-ready',
  'koboldcpp-version',
  'lemonade-live',
  'docker-engines',
  'sglang-info',
  'vllm-version',
  'open-webui-config',
  'route-pull',
  'route-push',
  'route-create',
  'route-copy',
  'route-delete',
  'route-responses',
  'route-messages',
  'route-web-search',
  'route-transcriptions',
  'route-images',
  'prefixed-version',
  'prefixed-root',
  'prefixed-tags',
  'prefixed-v1-models',
  'prefixed-unknown-path',
  'prefixed-ps',
  'prefixed-status',
  'prefixed-origin',
  'prefixed-show',
] as const
export const ProbeKind = z.enum(probeKinds)
export type ProbeKind = z.infer<typeof ProbeKind>

/** The same question asked at the root: what is below a base path is judged by the same rules. */
export function withoutPrefix<K extends string>(kind: K): K {
  return kind.replace(/^prefixed-/, '') as K
}

/**
 * Everything a scan sends apart from opening connections, which it counts as targets: questions, TLS handshakes, and
 * questions to the name server.
 */
export const sentKinds = [...probeKinds, 'tls', 'reverse-dns'] as const
export const SentKind = z.enum(sentKinds)
export type SentKind = z.infer<typeof SentKind>

/** How a question ended, when no whole answer came back. Each means "could not look", never "not there". */
export const askFailures = [
  'timed-out',
  'reset',
  'closed',
  'refused',
  'malformed',
  'no-tls',
  'headers-too-large',
  'out-of-scope',
  'not-allowed',
  'stopped',
  'failed',
] as const
export const AskFailure = z.enum(askFailures)
export type AskFailure = z.infer<typeof AskFailure>

/** One question and its outcome: the evidence facts rest on. Bodies are not kept. */
export const Probe = z.object({
  kind: SentKind,
  /** What was asked of, where the kind alone does not say: a model's name, an origin. */
  about: z.string().nullable(),
  request: z.string(),
  status: z.int().nullable(),
  failure: AskFailure.nullable(),
  /** The answer was longer than the cap and was cut. */
  truncated: z.boolean(),
  bytes: z.int().nonnegative(),
  durationMs: z.number().nonnegative(),
})
export type Probe = z.infer<typeof Probe>

/** What became of one target: a closed list, in which "could not look" and "not there" differ (SECURITY.md, rule 6). */
export const targetOutcomes = [
  'answered',
  'refused',
  'silent',
  'unreachable',
  'failed',
  'notReached',
] as const
export type TargetOutcome = (typeof targetOutcomes)[number]
