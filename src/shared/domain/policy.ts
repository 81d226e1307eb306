import * as z from 'zod'
import { Severity } from './exposure.ts'
import { type Facts, Part } from './facts.ts'

export const Verdict = z.enum(['broken', 'satisfied', 'unknown'])
export type Verdict = z.infer<typeof Verdict>

/** A text in every language Paddock speaks. */
export const Localized = z.strictObject({ en: z.string().min(1), de: z.string().min(1) })
export type Localized = z.infer<typeof Localized>

/** How instances are run, and so how they are put right; `any`: the same way everywhere. */
export const deployments = ['systemd', 'docker', 'macos', 'windows', 'proxy', 'any'] as const
export const Deployment = z.enum(deployments)
export type Deployment = z.infer<typeof Deployment>

/** What to do, and the command that shows that it is done. */
export const Remedy = z.strictObject({
  what: Localized,
  commands: z.array(z.string()),
  verify: z.string(),
})
export type Remedy = z.infer<typeof Remedy>

export const ParameterValue = z.union([z.string().max(200), z.int(), z.boolean()])
export type ParameterValue = z.infer<typeof ParameterValue>

const PartialFacts = z.record(z.string(), z.unknown())

/** A case kept with a rule: what it says about these facts. What is not given is as in `caseFacts`. */
export const RuleCase = z.strictObject({
  name: z.string().min(1).max(200),
  facts: PartialFacts,
  expect: Verdict,
})
export type RuleCase = z.infer<typeof RuleCase>

export const RuleKey = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(80)

/** A rule as data: when it is broken, why that matters, what to do. */
export const Rule = z.strictObject({
  key: RuleKey,
  /** Asked once an instance, or once for each member of a list. */
  each: Part.default('instance'),
  /** CEL: to which instances it applies; absent: to all. */
  scope: z.string().max(2000).optional(),
  /** CEL: true where the rule is broken. */
  brokenWhen: z.string().min(1).max(4000),
  severity: Severity.exclude(['none']),
  params: z.record(z.string(), ParameterValue).default({}),
  title: Localized,
  rationale: Localized,
  /** The name of a remedy of the pack, or the remedies themselves. */
  remedy: z.union([z.string(), z.partialRecord(Deployment, Remedy)]),
  cases: z.array(RuleCase).default([]),
})
export type Rule = z.infer<typeof Rule>

/** Rules that are delivered together. */
export const PolicyPack = z.strictObject({
  pack: z.string().min(1).max(80),
  edition: z.string().min(1).max(40),
  remedies: z.record(z.string(), z.partialRecord(Deployment, Remedy)).default({}),
  rules: z.array(Rule).min(1),
})
export type PolicyPack = z.infer<typeof PolicyPack>

/** A rule as it is in force: with what was set for it here. */
export const PolicyRule = z.object({
  key: z.string(),
  pack: z.string(),
  edition: z.string(),
  each: Part,
  scope: z.string().nullable(),
  brokenWhen: z.string(),
  severity: Severity,
  params: z.record(z.string(), ParameterValue),
  enabled: z.boolean(),
  /** A query: only instances it finds are asked about; '': all. */
  scopeQuery: z.string(),
  /** Sites where that is different. */
  sites: z.array(z.object({ site: z.string(), enabled: z.boolean() })),
  /** Changes when the rule means something else. */
  revision: z.string(),
  title: Localized,
  rationale: Localized,
  remedies: z.partialRecord(Deployment, Remedy),
  cases: z.array(RuleCase),
})
export type PolicyRule = z.infer<typeof PolicyRule>

/** What is wrong with an expression, and where. */
export const RuleProblem = z.object({
  field: z.enum(['scope', 'brokenWhen', 'rule']),
  message: z.string(),
  /** Characters of the field's text; null: it concerns all of it. */
  start: z.int().nullable(),
  end: z.int().nullable(),
})
export type RuleProblem = z.infer<typeof RuleProblem>

/** How often a rule would fire on what is known now. */
export const RulePreview = z.object({
  broken: z.int().nonnegative(),
  unknown: z.int().nonnegative(),
  instances: z.int().nonnegative(),
})
export type RulePreview = z.infer<typeof RulePreview>

export const RuleTest = z.object({
  key: z.string(),
  passed: z.boolean(),
  problem: RuleProblem.nullable(),
  cases: z.array(z.object({ name: z.string(), expected: Verdict, found: Verdict, passed: z.boolean() })),
  /** null: it cannot be asked. */
  preview: RulePreview.nullable(),
})
export type RuleTest = z.infer<typeof RuleTest>

export const PolicyTest = z.object({ passed: z.boolean(), rules: z.array(RuleTest) })
export type PolicyTest = z.infer<typeof PolicyTest>

/** Changes what is set for a rule; absent fields stay. `site`: only there. */
export const PolicyEdit = z.object({
  key: z.string().max(80),
  site: z.string().max(120).optional(),
  enabled: z.boolean().optional(),
  severity: z.string().max(20).optional(),
  params: z.record(z.string(), ParameterValue).optional(),
  /** A query; '': all instances. */
  scopeQuery: z.string().max(2000).optional(),
})
export type PolicyEdit = z.infer<typeof PolicyEdit>

/** What cases start from: an ordinary instance that breaks nothing. */
export const caseFacts: Facts = {
  version: '0.40.2',
  instance: {
    product: 'ollama',
    suspected: '',
    confidence: 100,
    ageDays: 0,
    toolCalling: false,
    cloudDisabled: true,
    hostNames: [],
  },
  exposure: {
    access: 'auth-required',
    unauthenticated: false,
    originsOpen: false,
    managementReachable: false,
    foreignHostAccepted: false,
    plainText: false,
    publicAddress: false,
  },
  endpoints: [{ port: 443, scheme: 'https', tls: true, access: 'auth-required' }],
  models: [],
  advisories: [],
  exceptions: [],
  owner: { isOwned: true, isAcknowledged: true, state: 'acknowledged', name: 'Ada', duties: ['technical'] },
  site: { name: 'Plant 7' },
  zone: 'server',
  presence: { state: 'present', lastSeenDays: 0 },
  history: { scanCount: 1 },
}
