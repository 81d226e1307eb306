import { formatAddressPort } from '#shared/domain/address.ts'
import type { CertificateDetail } from '#shared/domain/certificate.ts'
import type { ExposureFact } from '#shared/domain/exposure-fact.ts'
import type { EndpointDetail, InstanceDetail } from '#shared/domain/instance.ts'
import type { Model } from '#shared/domain/model.ts'
import type { Probe } from '#shared/domain/probe.ts'
import { matchesText } from './advisory-text.ts'
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
      { title: words('cli:column.remote'), text: model => model.remoteHost ?? '' },
    ],
    models,
    Number.POSITIVE_INFINITY,
  )
}

function endpointText(endpoint: EndpointDetail, words: Words): string {
  const { scheme, address, port, basePath } = endpoint
  const seen = words('cli:instance.seen', { at: endpoint.observedAt, from: endpoint.seenFrom })
  const signals = endpoint.signals.map(
    ({ points, name, saw }) =>
      `  ${String(points).padStart(4)}  ${words(`terms:signal.${name}`)}  ${printable(saw)}`,
  )
  const probes = formatTable<Probe>(
    [
      { title: words('cli:column.question'), text: probe => probe.request },
      { title: words('cli:column.about'), text: probe => probe.about ?? '' },
      {
        title: words('cli:column.answer'),
        right: true,
        text: probe => String(probe.status ?? probe.failure ?? 'ok'),
      },
      { title: words('cli:column.bytes'), right: true, text: probe => String(probe.bytes) },
      { title: words('cli:column.milliseconds'), right: true, text: probe => String(probe.durationMs) },
    ],
    endpoint.evidence,
    Number.POSITIVE_INFINITY,
  )
  return [
    `${scheme}://${formatAddressPort(address, port)}${basePath}  ${seen}`,
    ...(endpoint.linkReason === 'first-seen'
      ? []
      : [`  ${words(`terms:linkReason.${endpoint.linkReason}`)}`]),
    ...certificateLines(endpoint.certificate, words),
    ...exposureLines(endpoint.exposure, words),
    '',
    ...signals,
    '',
    probes,
  ].join('\n')
}

/** One line a fact: what, how it is known, what it rests on. Values of servers as they wrote them. */
function exposureLines(facts: readonly ExposureFact[], words: Words): string[] {
  const rows = facts.map(({ name, value, details, evidence }) => ({
    name: words(`terms:exposure.${name}`),
    text: [words(`terms:exposureValue.${value}`), ...details].join('; '),
    how: [words(`terms:exposureMethod.${name}`), ...evidence].join('; '),
  }))
  const width = Math.max(0, ...rows.map(({ name }) => name.length)) + 2
  return rows.map(({ name, text, how }) => `  ${name.padEnd(width)}${printable(text)}  (${printable(how)})`)
}

const flaws = ['selfSigned', 'expired', 'notYetValid', 'nameMismatch'] as const

/** What the TLS of an endpoint showed, with what is wrong with it first. */
function certificateLines(certificate: CertificateDetail | null, words: Words): string[] {
  if (certificate === null) return []
  const say = (key: string, values = {}) => words(`cli:instance.certificate.${key}`, values)
  const unknown = words('terms:unknown')
  const { protocol, subject, issuer, names, addresses, validFrom, validUntil, fingerprint } = certificate
  const found = flaws.filter(flaw => certificate[flaw]).map(flaw => say(flaw))
  const covered = [...names, ...addresses].join(', ')
  return [
    [`${protocol ?? 'TLS'}, ${say('certificate')}`, ...found].join(', '),
    say('subject', { subject: subject ?? unknown, issuer: issuer ?? unknown }),
    say('validity', { from: validFrom ?? unknown, until: validUntil ?? unknown }),
    say('names', { names: covered || words('terms:none') }),
    say('fingerprint', { fingerprint }),
  ].map(line => `  ${printable(line)}`)
}
