import { formatAddressPort } from '#shared/domain/address.ts'
import type { InstanceDetail } from '#shared/domain/instance.ts'
import type { Model } from '#shared/domain/model.ts'
import { matchesText } from './advisory-text.ts'
import { endpointText } from './endpoint-text.ts'
import { licenceText } from './licence-text.ts'
import { formatTable, printable } from './table.ts'
import { bracketEvidence, bracketLines } from './version-text.ts'
import type { Words } from './words.ts'

/** Everything known of one instance, for people: what it is, what it exposes, and how that is known. */
export function describeInstance(detail: InstanceDetail, words: Words): string {
  const unknown = words('terms:unknown')
  const head = [
    [
      words('cli:instance.instance'),
      `${detail.id}, ${formatAddressPort(detail.address, detail.port)}, ${detail.site}`,
    ],
    [words('cli:column.product'), productLine(detail, words)],
    [words('cli:column.version'), detail.version ?? unknown],
    ...bracketLines(detail.bracket, words),
    [words('cli:column.access'), words(`terms:access.${detail.access}`)],
    [words('cli:column.cors'), words(`terms:cors.${detail.cors}`)],
    [words('cli:instance.hostNames'), hostNamesText(detail, words)],
    [words('cli:column.presence'), words(`terms:presence.${detail.presence}`)],
    [words('cli:instance.firstSeen'), detail.firstSeenAt],
    [words('cli:instance.lastSeen'), detail.lastSeenAt],
    [
      words('cli:instance.running'),
      detail.running === null ? unknown : detail.running.join(', ') || words('terms:none'),
    ],
  ] as const
  const width = Math.max(...head.map(([name]) => name.length)) + 2
  return [
    ...head.map(([name, text]) => `${name.padEnd(width)}${printable(text)}`),
    ...bracketEvidence(detail.bracket, words),
    '',
    modelsText(detail.models, words),
    ...matchesText(detail, words),
    ...detail.endpoints.flatMap(endpoint => ['', endpointText(endpoint, words)]),
  ].join('\n')
}

function productLine({ product, suspected, confidence }: InstanceDetail, words: Words): string {
  const guess = suspected === null ? '' : `, ${words(`terms:suspected.${suspected}`)}`
  return `${words(`terms:product.${product}`)}${guess} (${words('cli:instance.confidence', { confidence })})`
}

function hostNamesText({ hostnameSources }: InstanceDetail, words: Words): string {
  const named = hostnameSources.map(
    ({ name, source }) => `${name} (${words(`terms:hostNameSource.${source}`)})`,
  )
  return [...new Set(named)].join(', ') || words('terms:unknown')
}

function modelsText(models: readonly Model[] | null, words: Words): string {
  if (models === null) return words('cli:instance.modelsUnknown')
  if (models.length === 0) return words('cli:instance.noModels')
  const unknown = words('terms:unknown')
  return formatTable<Model>(
    [
      { title: words('cli:column.model'), text: model => model.name },
      { title: words('cli:column.digest'), text: model => model.digest?.slice(0, 12) ?? unknown },
      { title: words('cli:column.size'), text: model => model.parameterSize ?? unknown },
      { title: words('cli:column.quantization'), text: model => model.quantization ?? unknown },
      { title: words('cli:column.capabilities'), text: model => model.capabilities?.join(', ') ?? unknown },
      { title: words('cli:column.licence'), text: ({ licence }) => licenceText(licence, words) },
      { title: words('cli:column.remote'), text: model => model.remoteHost ?? '' },
    ],
    models,
    Number.POSITIVE_INFINITY,
  )
}
