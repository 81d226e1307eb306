import { type ASTNode, Environment } from '@marcbachmann/cel-js'
import type { Facts, Part } from '#shared/domain/facts.ts'
import type { ParameterValue } from '#shared/domain/policy.ts'
import { compareVersions, parseVersion } from '#shared/domain/version.ts'

/**
 * The language of rules: CEL over typed facts, so that a name nobody knows is an error when a rule is written, and a fact
 * nobody knows is *unknown* when it is asked.
 */
class VersionFact {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}
class InstanceFact {}
class ExposureFact {}
class EndpointFact {}
class ModelFact {}
class AdvisoryFact {}
class ExceptionFact {}
class OwnerFact {}
class SiteFact {}
class PresenceFact {}
class HistoryFact {}

/** A version compared by number. What says nothing usable (`0.0.0`) is as unknown as none. */
function compareTo(version: VersionFact, other: string): number {
  const [known, wanted] = [parseVersion(version.text), parseVersion(other)]
  if (known === null || wanted === null) throw new Error('a version that says nothing')
  return compareVersions(known, wanted)
}

const base = new Environment({ limits: { maxAstNodes: 2000, maxDepth: 60 } })
  .registerType('Version', { ctor: VersionFact, fields: { text: 'string' } })
  .registerType('Instance', {
    ctor: InstanceFact,
    fields: {
      product: 'string',
      suspected: 'string',
      confidence: 'int',
      ageDays: 'int',
      toolCalling: 'bool',
      cloudDisabled: 'bool',
      hostNames: 'list<string>',
    },
  })
  .registerType('Exposure', {
    ctor: ExposureFact,
    fields: {
      access: 'string',
      unauthenticated: 'bool',
      originsOpen: 'bool',
      managementReachable: 'bool',
      foreignHostAccepted: 'bool',
      plainText: 'bool',
      publicAddress: 'bool',
    },
  })
  .registerType('Endpoint', {
    ctor: EndpointFact,
    fields: { port: 'int', scheme: 'string', tls: 'bool', access: 'string' },
  })
  .registerType('Model', {
    ctor: ModelFact,
    fields: {
      name: 'string',
      digest: 'string',
      family: 'string',
      quantization: 'string',
      sizeBytes: 'int',
      tools: 'bool',
      capabilities: 'list<string>',
      remote: 'bool',
      remoteHost: 'string',
      registry: 'string',
      licence: 'string',
      nonCommercial: 'bool',
      approved: 'bool',
      drifted: 'bool',
      systemPromptReadable: 'bool',
      uncensoredTemplate: 'bool',
    },
  })
  .registerType('Advisory', {
    ctor: AdvisoryFact,
    fields: { id: 'string', severity: 'string', affected: 'bool' },
  })
  .registerType('Exception', { ctor: ExceptionFact, fields: { id: 'int', rule: 'string', status: 'string' } })
  .registerType('Owner', {
    ctor: OwnerFact,
    fields: {
      isOwned: 'bool',
      isAcknowledged: 'bool',
      state: 'string',
      name: 'string',
      duties: 'list<string>',
    },
  })
  .registerType('Site', { ctor: SiteFact, fields: { name: 'string' } })
  .registerType('Presence', { ctor: PresenceFact, fields: { state: 'string', lastSeenDays: 'int' } })
  .registerType('History', { ctor: HistoryFact, fields: { scanCount: 'int' } })
  .registerFunction(
    'Version.below(string): bool',
    (version: VersionFact, other: string) => compareTo(version, other) < 0,
  )
  .registerFunction(
    'Version.atLeast(string): bool',
    (version: VersionFact, other: string) => compareTo(version, other) >= 0,
  )
  .registerFunction(
    'Version.between(string, string): bool',
    (version: VersionFact, from: string, before: string) =>
      compareTo(version, from) >= 0 && compareTo(version, before) < 0,
  )
  .registerVariable('version', 'Version')
  .registerVariable('instance', 'Instance')
  .registerVariable('exposure', 'Exposure')
  .registerVariable('endpoints', 'list<Endpoint>')
  .registerVariable('models', 'list<Model>')
  .registerVariable('advisories', 'list<Advisory>')
  .registerVariable('exceptions', 'list<Exception>')
  .registerVariable('owner', 'Owner')
  .registerVariable('site', 'Site')
  .registerVariable('zone', 'string')
  .registerVariable('presence', 'Presence')
  .registerVariable('history', 'History')
  .registerVariable('params', 'map')

const environments: Readonly<Record<Part, Environment>> = {
  instance: base.clone(),
  model: base.clone().registerVariable('model', 'Model'),
  advisory: base.clone().registerVariable('advisory', 'Advisory'),
  exception: base.clone().registerVariable('exception', 'Exception'),
}

export interface ExpressionProblem {
  readonly message: string
  readonly start: number | null
  readonly end: number | null
}

export interface Expression {
  /** true, false, or null: unknown. */
  ask(input: RuleInput): boolean | null
  /** The facts it asks for: `exposure.access`, `models`. */
  readonly paths: readonly string[]
}

export type RuleInput = Record<string, unknown>

/** Reads an expression that must say yes or no; or tells what is wrong with it, and where. */
export function readExpression(text: string, part: Part): Expression | ExpressionProblem {
  const environment = environments[part]
  try {
    const run = environment.parse(text)
    const checked = run.check()
    if (!checked.valid) return problemOf(checked.error)
    if (checked.type !== 'bool' && checked.type !== 'dyn') {
      return { message: `this is ${String(checked.type)}, not yes or no`, start: null, end: null }
    }
    const found = look(run.ast)
    // JavaScript's regular expressions can be made to run for ever by the text they are given.
    if (found.matches)
      return {
        message: 'matches() is not available; use startsWith, endsWith, contains',
        start: null,
        end: null,
      }
    return { paths: [...found.paths], ask: input => ask(run, input) }
  } catch (error) {
    return problemOf(error)
  }
}

function ask(run: (input: RuleInput) => unknown, input: RuleInput): boolean | null {
  try {
    const value = run(input)
    return typeof value === 'boolean' ? value : null
  } catch {
    // CEL's own rule: what depends on an absent fact is an error, unless the rest decides. An error is "unknown".
    return null
  }
}

function problemOf(error: unknown): ExpressionProblem {
  const { summary, message, range } = (error ?? {}) as {
    summary?: string
    message?: string
    range?: { start: number; end: number }
  }
  return {
    message: summary ?? message ?? String(error),
    start: range?.start ?? null,
    end: range?.end ?? null,
  }
}

interface Found {
  readonly paths: Set<string>
  matches: boolean
}

/** Which facts an expression names, and whether it uses what is not allowed. */
function look(node: ASTNode, found: Found = { paths: new Set(), matches: false }): Found {
  const { op, args } = node as { op: string; args: unknown }
  if (op === '.' && Array.isArray(args)) {
    const [inner, field] = args as [ASTNode, string]
    if ((inner as { op: string }).op === 'id') {
      found.paths.add(`${String((inner as { args: unknown }).args)}.${field}`)
      return found
    }
  }
  if (op === 'id') found.paths.add(String(args))
  if (op === 'rcall' && Array.isArray(args) && args[0] === 'matches') found.matches = true
  for (const child of childrenOf(args)) look(child, found)
  return found
}

function childrenOf(args: unknown): ASTNode[] {
  if (!Array.isArray(args)) return isNode(args) ? [args] : []
  return args.flatMap(childrenOf)
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}

/** Facts as the language takes them: of the types above, whole numbers as such. */
export function inputOf(facts: Facts, params: Readonly<Record<string, ParameterValue>>): RuleInput {
  const known = inputs.get(facts) ?? factInput(facts)
  inputs.set(facts, known)
  return { ...known, params: typed(Object, params) }
}

/** Many rules are asked of the same facts. */
const inputs = new WeakMap<Facts, RuleInput>()

function factInput(facts: Facts): RuleInput {
  const { version, models, advisories } = facts
  return {
    ...(version !== undefined && { version: new VersionFact(version) }),
    instance: typed(InstanceFact, facts.instance),
    exposure: typed(ExposureFact, facts.exposure),
    endpoints: facts.endpoints.map(each => typed(EndpointFact, each)),
    ...(models !== undefined && { models: models.map(each => typed(ModelFact, each)) }),
    ...(advisories !== undefined && { advisories: advisories.map(each => typed(AdvisoryFact, each)) }),
    exceptions: facts.exceptions.map(each => typed(ExceptionFact, each)),
    owner: typed(OwnerFact, facts.owner),
    site: typed(SiteFact, facts.site),
    zone: facts.zone,
    presence: typed(PresenceFact, facts.presence),
    history: typed(HistoryFact, facts.history),
  }
}

/** Facts that are so wherever something was done; of all others nothing is said. */
export interface SomeFacts {
  readonly version?: string
  readonly instance?: Partial<Facts['instance']>
  readonly exposure?: Partial<Facts['exposure']>
  readonly advisories?: NonNullable<Facts['advisories']>
}

/** The same for a part of the facts: whatever else is asked for is unknown. */
export function inputOfSome(
  { version, instance, exposure, advisories }: SomeFacts,
  params: Readonly<Record<string, ParameterValue>>,
): RuleInput {
  return {
    ...(version !== undefined && { version: new VersionFact(version) }),
    ...(instance !== undefined && { instance: typed(InstanceFact, instance) }),
    ...(exposure !== undefined && { exposure: typed(ExposureFact, exposure) }),
    ...(advisories !== undefined && { advisories: advisories.map(each => typed(AdvisoryFact, each)) }),
    params: typed(Object, params),
  }
}

/** One member of a list, for rules that ask of each. */
export function memberOf(part: Exclude<Part, 'instance'>, member: object): RuleInput {
  const types = { model: ModelFact, advisory: AdvisoryFact, exception: ExceptionFact }
  return { [part]: typed(types[part], member) }
}

function typed<T extends object>(type: new () => T, values: object): T {
  const made = new type()
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) Object.assign(made, { [key]: typeof value === 'number' ? BigInt(value) : value })
  }
  return made
}
