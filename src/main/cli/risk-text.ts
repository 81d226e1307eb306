import { formatAddressPort } from '#shared/domain/address.ts'
import { severities } from '#shared/domain/exposure.ts'
import { controlStates } from '#shared/domain/framework.ts'
import type { Heatmap } from '#shared/domain/heatmap.ts'
import type { Overview, ToolExposure } from '#shared/domain/overview.ts'
import type { InstanceRisk, ListedOverride, RiskDetail, RiskFactor } from '#shared/domain/risk.ts'
import type { ControlsUnder, Standing, WhatIfAnswer } from '#shared/domain/what-if.ts'
import { type Column, formatTable, printable } from './table.ts'
import { languageOf, type Words } from './words.ts'

/** Scores, each with what makes most of it. */
export function risksTable(risks: readonly InstanceRisk[], words: Words, width: number): string {
  if (risks.length === 0) return words('risk:cli.none')
  const columns: Column<InstanceRisk>[] = [
    { title: words('risk:cli.instance'), right: true, text: risk => String(risk.instanceId) },
    { title: words('risk:score'), right: true, text: risk => String(risk.score) },
    { title: words('risk:cli.level'), text: risk => words(`terms:severity.${risk.level}`) },
    { title: words('risk:cli.factors'), text: risk => mostOf(risk.factors, words) },
  ]
  return formatTable(columns, risks, width)
}

const shown = 3

function mostOf(factors: readonly RiskFactor[], words: Words): string {
  const sorted = factors.toSorted((a, b) => b.points - a.points).slice(0, shown)
  return sorted
    .filter(({ points }) => points > 0)
    .map(factor => `${words(`risk:factor.${factor.name}`)} ${factor.points}`)
    .join(', ')
}

function valueWords({ name, value }: RiskFactor, words: Words): string {
  if (value === 'unknown') return words('terms:unknown')
  return name === 'override' ? value : words(`risk:value.${name}.${value}`)
}

/** One score, factor by factor. */
export function riskText({ risk, byFacts, overrides, weights }: RiskDetail, words: Words): string {
  if (risk === null) return words('risk:notJudged')
  const columns: Column<RiskFactor>[] = [
    { title: words('risk:factorHead'), text: ({ name }) => words(`risk:factor.${name}`) },
    { title: words('risk:valueHead'), text: factor => valueWords(factor, words) },
    { title: words('risk:points'), right: true, text: ({ points }) => String(points) },
  ]
  const decided = overrides.filter(({ endedAt }) => endedAt === null)
  const { score, level, likelihood, impact, least, most } = risk
  return [
    `${score} ${words(`terms:severity.${level}`)}`,
    words('risk:how', { likelihood, impact, score: byFacts ?? score }),
    least === most ? words('risk:certain') : words('risk:range', { least, most }),
    ...decided.map(({ by, score: said, expiresOn, reason }) =>
      printable(words('risk:overridden', { by, score: said, date: expiresOn, reason })),
    ),
    words('risk:weights', { edition: weights.edition }),
    '',
    formatTable(columns, risk.factors, Number.POSITIVE_INFINITY),
  ].join('\n')
}

/** Decisions about scores. */
export function overridesTable(all: readonly ListedOverride[], words: Words, width: number): string {
  if (all.length === 0) return words('risk:decided.none')
  const columns: Column<ListedOverride>[] = [
    { title: words('risk:cli.instance'), text: each => formatAddressPort(each.address, each.port) },
    { title: words('risk:decided.site'), text: each => printable(each.site) },
    { title: words('risk:decided.byFacts'), right: true, text: each => String(each.byFacts ?? '') },
    { title: words('risk:decided.score'), right: true, text: each => String(each.score) },
    { title: words('risk:decided.until'), text: each => each.expiresOn },
    { title: words('risk:decided.by'), text: each => printable(each.by) },
    {
      title: words('risk:decided.state'),
      text: each => words(`risk:decided.is.${each.endReason ?? 'inForce'}`),
    },
    { title: words('risk:decided.reason'), text: each => printable(each.reason) },
  ]
  return formatTable(columns, all, width)
}

/** A heatmap as a table of numbers. */
export function heatmapText({ rows, columns, cells }: Heatmap, words: Words, width: number): string {
  if (cells.length === 0) return words('risk:cli.none')
  const values = new Map(cells.map(cell => [JSON.stringify([cell.row, cell.column]), cell.value]))
  // Of very many columns few have a number in a row: then each cell is a line.
  if (columns.length > 60) {
    return cells.map(cell => printable(`${cell.row}  ${cell.column}  ${cell.value}`)).join('\n')
  }
  const titled: Column<string>[] = [
    { title: '', text: row => row },
    ...columns.map(column => ({
      title: column,
      right: true,
      text: (row: string) => String(values.get(JSON.stringify([row, column])) ?? 0),
    })),
  ]
  return formatTable(titled, rows, width)
}

/** Before and after, side by side. */
export function whatIfText(
  { before, after, affected, controls }: WhatIfAnswer & { readonly controls: readonly ControlsUnder[] },
  words: Words,
): string {
  const lines: [string, (standing: Standing) => number][] = [
    [words('risk:whatif.sum'), ({ scores }) => scores.sum],
    [words('risk:whatif.mean'), ({ scores }) => scores.mean],
    ...severities.map(level => {
      const name = words('risk:whatif.level', { level: words(`terms:severity.${level}`) })
      return [name, ({ levels }: Standing) => levels[level]] as [string, (standing: Standing) => number]
    }),
    [words('risk:whatif.open'), ({ findings }) => findings.open],
    [words('risk:whatif.critical'), ({ findings }) => findings.bySeverity.critical],
  ]
  const columns: Column<(typeof lines)[number]>[] = [
    { title: '', text: ([name]) => name },
    { title: words('risk:cli.before'), right: true, text: ([, read]) => String(read(before)) },
    { title: words('risk:cli.after'), right: true, text: ([, read]) => String(read(after)) },
  ]
  const count = words('risk:whatif.affected', { count: affected.count })
  const wide = Number.POSITIVE_INFINITY
  return [count, formatTable(columns, lines, wide), controlsTable(controls, words)].join('\n\n')
}

/** Controls by state, `12 → 9` where it would be another number, and each that would stand otherwise. */
function controlsTable(controls: readonly ControlsUnder[], words: Words): string {
  const language = languageOf(words)
  const columns: Column<ControlsUnder>[] = [
    { title: words('risk:whatif.controls'), text: ({ name }) => name[language] },
    ...controlStates.map(state => ({
      title: words(`reports:state.${state}`),
      right: true,
      text: ({ before, after }: ControlsUnder) =>
        before[state] === after[state] ? String(after[state]) : `${before[state]} → ${after[state]}`,
    })),
  ]
  const changed = controls.flatMap(({ framework, changed }) =>
    changed.map(
      ({ id, before, after }) =>
        `${framework} ${id}: ${words(`reports:state.${before}`)} → ${words(`reports:state.${after}`)}`,
    ),
  )
  const table = formatTable(columns, controls, Number.POSITIVE_INFINITY)
  return changed.length === 0 ? table : `${table}\n\n${changed.map(printable).join('\n')}`
}

export function overviewText({ figures, actions }: Overview, words: Words): string {
  const columns: Column<Overview['figures'][number]>[] = [
    { title: '', text: ({ name }) => words(`risk:figure.${name}`) },
    { title: '', right: true, text: ({ value }) => String(value) },
    { title: '', text: ({ of }) => (of === null ? '' : words('risk:figureOf', { of })) },
  ]
  const next = actions.map(
    ({ kind, site, removed, instances }) =>
      `${words('risk:actions.removed', { points: removed })}  ${words(`risk:action.${kind}`, { site })} (${words('risk:actions.instances', { count: instances })})`,
  )
  return [
    formatTable(columns, figures, Number.POSITIVE_INFINITY),
    '',
    words('risk:actions.title'),
    ...(next.length === 0 ? [words('risk:actions.none')] : next),
  ]
    .map(line => line.split('\n').map(printable).join('\n'))
    .join('\n')
}

export function toolsText(found: ToolExposure, words: Words, width: number): string {
  const { percent, source } = found.study
  const note = words('risk:cli.study', { percent, source })
  if (found.instances.length === 0) return `${words('risk:tools.none')}\n${note}`
  const title = (name: string) => words(`risk:tools.column.${name}`)
  const columns: Column<ToolExposure['instances'][number]>[] = [
    { title: title('score'), right: true, text: ({ score }) => String(score ?? '') },
    { title: title('address'), text: ({ address, port }) => formatAddressPort(address, port) },
    { title: title('site'), text: ({ site }) => site },
    { title: title('access'), text: ({ access }) => words(`terms:access.${access}`) },
    { title: title('since'), text: ({ since }) => since.slice(0, 10) },
    { title: title('owner'), text: ({ owner }) => owner ?? words('risk:nobody') },
    { title: title('accepted'), text: ({ acceptedBy }) => acceptedBy.join(', ') || words('risk:nobody') },
    { title: title('models'), text: ({ models }) => models.join(', ') },
  ]
  return `${formatTable(columns, found.instances, width)}\n\n${note}`
}
