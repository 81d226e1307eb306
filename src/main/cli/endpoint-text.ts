import { formatAddressPort } from '#shared/domain/address.ts'
import type { CertificateDetail } from '#shared/domain/certificate.ts'
import type { ExposureFact } from '#shared/domain/exposure-fact.ts'
import type { EndpointDetail } from '#shared/domain/instance.ts'
import type { Probe } from '#shared/domain/probe.ts'
import type { Signal } from '#shared/domain/product.ts'
import { formatTable, printable } from './table.ts'
import type { Words } from './words.ts'

/** One way in, for people: what it exposes, what it was taken for and why, and every question. */
export function endpointText(endpoint: EndpointDetail, words: Words): string {
  return [
    ...endpointHead(endpoint, words),
    '',
    ...signalLines(endpoint.signals, words),
    '',
    questionsTable(endpoint.evidence, words),
  ].join('\n')
}

/** The same without what it was concluded from. */
export function endpointHead(endpoint: EndpointDetail, words: Words): string[] {
  const { scheme, address, port, basePath, linkReason, certificate, exposure } = endpoint
  const seen = words('cli:instance.seen', { at: endpoint.observedAt, from: endpoint.seenFrom })
  return [
    `${scheme}://${formatAddressPort(address, port)}${basePath}  ${seen}`,
    ...(linkReason === 'first-seen' ? [] : [`  ${words(`terms:linkReason.${linkReason}`)}`]),
    ...certificateLines(certificate, words),
    ...exposureLines(exposure, words),
  ]
}

/** What speaks for and against a product: points, what that means, what was seen. */
export function signalLines(signals: readonly Signal[], words: Words): string[] {
  return signals.map(
    ({ points, name, saw }) =>
      `  ${String(points).padStart(4)}  ${words(`terms:signal.${name}`)}  ${printable(saw)}`,
  )
}

/** Every question with its answer. */
export function questionsTable(questions: readonly Probe[], words: Words): string {
  return formatTable<Probe>(
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
    questions,
    Number.POSITIVE_INFINITY,
  )
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
