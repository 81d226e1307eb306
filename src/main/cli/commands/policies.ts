import { readFileSync } from 'node:fs'
import type { DueDays } from '#shared/domain/due-days.ts'
import type { ParameterValue, PolicyRule, PolicyTest, RuleProblem } from '#shared/domain/policy.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { underlined } from '../caret.ts'
import { type Command, type Context, type ExitCode, show } from '../command.ts'
import { formatTable } from '../table.ts'
import type { Words } from '../words.ts'

const list: Command = {
  kind: 'session',
  path: ['policy', 'list'],
  usage: 'policy list',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const { session, words, output } = context
    const rules = await session.call('policy.list', {})
    if (!rules.ok) return rules
    return show(context, rules.value, all =>
      formatTable<PolicyRule>(
        [
          { title: words('governance:column.rule'), text: rule => rule.key },
          { title: words('cli:column.severity'), text: rule => words(`terms:severity.${rule.severity}`) },
          { title: words('governance:column.enabled'), text: rule => enabledText(rule, words) },
          { title: words('governance:column.title'), text: rule => rule.title[languageOf(context)] },
          { title: words('governance:column.brokenWhen'), text: rule => rule.brokenWhen },
        ],
        all,
        output.width,
      ),
    )
  },
}

function languageOf({ words }: Context): 'en' | 'de' {
  return words('governance:language') === 'de' ? 'de' : 'en'
}

function enabledText({ enabled, sites }: PolicyRule, words: Words): string {
  const yes = (on: boolean) => words(on ? 'terms:yes' : 'terms:no')
  return [yes(enabled), ...sites.map(each => `${each.site}: ${yes(each.enabled)}`)].join(', ')
}

const showRule: Command = {
  kind: 'session',
  path: ['policy', 'show'],
  usage: 'policy show <rule>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const rule = await context.session.call('policy.show', { key: context.given.positionals[0] ?? '' })
    return rule.ok ? show(context, rule.value, found => ruleText(found, context)) : rule
  },
}

function ruleText(rule: PolicyRule, context: Context): string {
  const { words } = context
  const language = languageOf(context)
  const params = Object.entries(rule.params).map(([name, value]) => `${name}=${value}`)
  const head = [
    `${rule.key}: ${rule.title[language]} (${words(`terms:severity.${rule.severity}`)}, ${rule.pack} ${rule.edition})`,
    rule.rationale[language],
    '',
    `${words('governance:column.brokenWhen')}: ${rule.brokenWhen}`,
    ...(rule.scope === null ? [] : [`${words('governance:policy.scope')}: ${rule.scope}`]),
    ...(params.length === 0 ? [] : [`${words('governance:policy.params')}: ${params.join(', ')}`]),
  ]
  const remedies = Object.entries(rule.remedies).flatMap(([deployment, remedy]) => [
    '',
    `${words(`governance:deployment.${deployment}`)}: ${remedy.what[language]}`,
    ...remedy.commands.map(command => `    ${command}`),
    `  ${words('governance:policy.verify')}: ${remedy.verify}`,
  ])
  return [...head, ...remedies].join('\n')
}

const test: Command = {
  kind: 'session',
  path: ['policy', 'test'],
  usage: 'policy test <file>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const { given, session, words } = context
    const text = readText(given.positionals[0] ?? '')
    if (!text.ok) return text
    const tested = await session.call('policy.test', { text: text.value })
    if (!tested.ok) return tested
    show(context, tested.value, result => testText(result, text.value, words))
    return succeed(tested.value.passed ? 0 : 4)
  },
}

function readText(file: string): Result<string> {
  try {
    return succeed(readFileSync(file, 'utf8'))
  } catch (error) {
    return fail('file-unreadable', { file, reason: error instanceof Error ? error.message : String(error) })
  }
}

function testText({ rules }: PolicyTest, file: string, words: Words): string {
  return rules
    .flatMap(({ key, problem, cases, preview }, index) => [
      key,
      ...(problem === null ? [] : problemLines(problem, expressionIn(file, index, problem.field), words)),
      ...cases.map(
        ({ name, expected, found, passed }) =>
          `  ${passed ? '✓' : '✗'} ${name}${passed ? '' : words('governance:policy.expected', { expected, found })}`,
      ),
      ...(preview === null ? [] : [`  ${words('governance:policy.preview', { ...preview })}`]),
    ])
    .join('\n')
}

function problemLines({ field, start, end, message }: RuleProblem, text: string, words: Words): string[] {
  const said = `  ${words('governance:policy.problem', { field, at: (start ?? 0) + 1, message })}`
  const marked = underlined({ query: text, start: start ?? '', end: end ?? start ?? '' })
  return marked === null ? [said] : [said, ...marked.split('\n').map(line => `  ${line}`)]
}

/** What the file says there: it was read as rules already. */
function expressionIn(file: string, index: number, field: RuleProblem['field']): string {
  const content = JSON.parse(file)
  const rules = Array.isArray(content) ? content : (content.rules ?? [content])
  return String(rules[index]?.[field] ?? '')
}

const set: Command = {
  kind: 'session',
  path: ['policy', 'set'],
  usage:
    'policy set (<rule> [--enable|--disable] [--site <name>] [--severity critical|high|medium|low] [--param <name>=<value>]… [--scope <query>] | --file <rules> | --due <severity>=<days>…)',
  needs: 0,
  takes: 1,
  options: {
    enable: 'flag',
    disable: 'flag',
    site: 'text',
    severity: 'text',
    param: 'texts',
    scope: 'text',
    file: 'text',
    due: 'texts',
  },
  async run(context) {
    const { given, session, words } = context
    const file = given.text('file')
    if (given.texts('due').length > 0) return setDue(context)
    if (file !== undefined) {
      const text = readText(file)
      if (!text.ok) return text
      const added = await session.call('policy.add', { text: text.value })
      return added.ok
        ? show(context, added.value, rules =>
            rules.map(rule => words('governance:policy.added', { rule: rule.key })).join('\n'),
          )
        : added
    }
    const key = given.positionals[0]
    if (key === undefined) {
      const problem = words('cli:problem.missing', { command: 'policy set' })
      return fail('usage', { problem, usage: `paddock ${set.usage}` })
    }
    const edited = await session.call('policy.set', readEdit(context, key))
    return edited.ok
      ? show(context, edited.value, rule =>
          words('governance:policy.set', {
            rule: rule.key,
            enabled: enabledText(rule, words),
            severity: words(`terms:severity.${rule.severity}`),
          }),
        )
      : edited
  },
}

/** `critical=7`, `low=none` */
async function setDue(context: Context): Promise<Result<ExitCode>> {
  const edit: Record<string, number | null> = {}
  for (const text of context.given.texts('due')) {
    const match = /^(critical|high|medium|low)=(none|[1-9]\d{0,3})$/.exec(text)
    if (match === null || Number(match[2]) > 3650) return fail('sla-malformed', { text })
    edit[match[1] ?? ''] = match[2] === 'none' ? null : Number(match[2])
  }
  const set = await context.session.call('policy.set-due', edit)
  return set.ok ? show(context, set.value, days => dueText(days, context.words)) : set
}

function dueText(days: DueDays, words: Words): string {
  return Object.entries(days)
    .map(([severity, count]) => {
      const time = count === null ? words('policies:due.none') : `${count} ${words('policies:due.days')}`
      return `${words(`terms:severity.${severity}`)}: ${time}`
    })
    .join('\n')
}

const due: Command = {
  kind: 'session',
  path: ['policy', 'due'],
  usage: 'policy due',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const days = await context.session.call('policy.due', {})
    return days.ok ? show(context, days.value, known => dueText(known, context.words)) : days
  },
}

const versions: Command = {
  kind: 'session',
  path: ['policy', 'versions'],
  usage: 'policy versions <rule>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const key = context.given.positionals[0] ?? ''
    const known = await context.session.call('policy.show', { key })
    if (!known.ok) return known
    const all = await context.session.call('policy.versions', { key })
    if (!all.ok) return all
    return show(context, all.value, list =>
      list
        .map(
          ({ number, at, actor, rule }) => `${number}  ${at}  ${actor}  ${rule.severity}  ${rule.brokenWhen}`,
        )
        .join('\n'),
    )
  },
}

function readEdit({ given }: Context, key: string) {
  const site = given.text('site')
  const severity = given.text('severity')
  const scopeQuery = given.text('scope')
  const params = given.texts('param').map(text => {
    const [name = '', ...value] = text.split('=')
    return [name, readValue(value.join('='))] as const
  })
  return {
    key,
    ...(given.flag('enable') && { enabled: true }),
    ...(given.flag('disable') && { enabled: false }),
    ...(site !== undefined && { site }),
    ...(severity !== undefined && { severity }),
    ...(scopeQuery !== undefined && { scopeQuery }),
    ...(params.length > 0 && { params: Object.fromEntries(params) }),
  }
}

function readValue(text: string): ParameterValue {
  if (/^-?\d{1,15}$/.test(text)) return Number(text)
  return text === 'true' ? true : text === 'false' ? false : text
}

export const policyCommands: readonly Command[] = [list, showRule, test, set, due, versions]
