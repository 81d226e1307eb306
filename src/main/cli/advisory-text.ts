import type { Advisory, AdvisoryRange } from '#shared/domain/advisory.ts'
import type { AdvisoriesInForce, AdvisoryMatch, AdvisoryStatus } from '#shared/domain/advisory-match.ts'
import type { InstanceDetail } from '#shared/domain/instance.ts'
import { formatTable, printable } from './table.ts'
import type { Words } from './words.ts'

/** Texts that come in both languages, in the one that is spoken. */
function spoken(text: { readonly en: string; readonly de: string }, words: Words): string {
  return printable(words('cli:advisories.language') === 'de' ? text.de : text.en)
}

/** Which edition is in force and where it comes from. */
export function statusText(status: AdvisoryStatus, words: Words): string {
  const { edition, shipped, count, readUntil, origin } = status
  const head = words('cli:advisories.head', { ...edition, count, readUntil })
  const replaced = {
    by: status.replacedBy ?? '',
    at: status.replacedAt ?? '',
    shipped: shipped.dataVersion,
    shippedDate: shipped.date,
  }
  return `${head}\n${words(`cli:advisories.${origin}`, replaced)}`
}

export function advisoriesText(inForce: AdvisoriesInForce, words: Words, width: number): string {
  const title = (name: string) => words(`cli:advisories.${name}`)
  const table = formatTable<Advisory>(
    [
      { title: words('cli:column.id'), text: ({ id }) => id },
      { title: title('affected'), text: advisory => affectedText(advisory, words) },
      { title: title('fixedIn'), text: ({ fixedIn }) => fixedIn ?? title('none') },
      { title: 'CVSS', right: true, text: ({ cvss }) => String(cvss[0]?.score ?? '') },
      {
        title: title('confidence'),
        text: ({ confidence }) => words(`terms:advisoryConfidence.${confidence}`),
      },
      { title: title('title'), text: advisory => spoken(advisory.title, words) },
    ],
    inForce.advisories,
    width,
  )
  return `${statusText(inForce, words)}\n\n${table}`
}

/** All of one advisory. */
export function advisoryText(advisory: Advisory, words: Words): string {
  const title = (name: string) => words(`cli:advisories.${name}`)
  const { id, nickname, aliases, cvss, dispute, disputed, exploitPublished: exploit } = advisory
  const lines: (readonly [string, string] | null)[] = [
    [words('cli:column.id'), nickname === null ? id : `${id} (${nickname})`],
    aliases.length === 0 ? null : [title('aliases'), aliases.join(', ')],
    [title('title'), spoken(advisory.title, words)],
    [title('component'), words(`terms:advisoryComponent.${advisory.component}`)],
    [title('affected'), affectedText(advisory, words)],
    disputed.length === 0 ? null : [title('disputed'), rangesText(disputed, words)],
    dispute === null ? null : [title('dispute'), spoken(dispute, words)],
    [title('fixedIn'), advisory.fixedIn ?? title('none')],
    [title('confidence'), words(`terms:advisoryConfidence.${advisory.confidence}`)],
    cvss.length === 0 ? null : [title('cvss'), cvss.map(each => scoreText(each, words)).join('; ')],
    exploit ? [title('exploit'), title('exploitPublished')] : null,
    [title('needs'), spoken(advisory.preconditions, words)],
    [title('visible'), words(`terms:advisoryVisible.${advisory.visible}`)],
    ...advisory.sources.map(
      ({ kind, url }) =>
        [
          title('sources'),
          `${words(`terms:advisorySource.${kind}`)}${url === null ? '' : `: ${url}`}`,
        ] as const,
    ),
  ]
  return aligned(lines.flatMap(line => (line === null ? [] : [line])))
}

function aligned(lines: readonly (readonly [string, string])[]): string {
  const width = Math.max(...lines.map(([name]) => name.length)) + 2
  return lines.map(([name, text]) => `${name.padEnd(width)}${printable(text)}`).join('\n')
}

function scoreText({ version, score, source, condition }: Advisory['cvss'][number], words: Words): string {
  const sources = source.map(kind => words(`terms:advisorySource.${kind}`)).join(', ')
  const when = condition === null ? '' : `, ${spoken(condition, words)}`
  return `${score} (CVSS ${version}${when}; ${sources})`
}

function affectedText({ rule, affected }: Advisory, words: Words): string {
  if (rule === 'configuration') return words('cli:advisories.noVersion')
  return affected.length === 0 ? words('terms:unknown') : rangesText(affected, words)
}

function rangesText(ranges: readonly AdvisoryRange[], words: Words): string {
  return ranges
    .map(({ atLeast, below, atMost }) => {
      const isOne = atLeast !== undefined && atLeast === atMost
      const ends = isOne
        ? [atLeast]
        : [
            ...(atLeast === undefined ? [] : [`≥ ${atLeast}`]),
            ...(below === undefined ? [] : [`< ${below}`]),
            ...(atMost === undefined ? [] : [`≤ ${atMost}`]),
          ]
      return ends.length === 0 ? words('cli:advisories.everyVersion') : ends.join(', ')
    })
    .join(' | ')
}

/** What the advisories say about one instance: the range, never that it is vulnerable. */
export function matchesText({ advisories, advisoryBasis }: InstanceDetail, words: Words): readonly string[] {
  if (advisoryBasis === null) return []
  const { edition, trust } = advisoryBasis
  if (advisories === null) {
    return ['', words('cli:advisories.notHeld', { reason: words(`terms:versionTrust.${trust}`) })]
  }
  const version = printable(advisoryBasis.version ?? '')
  const affected = advisories.filter(({ state }) => state === 'affected')
  const unclear = advisories.filter(({ state, reason }) => state === 'unknown' && reason !== 'configuration')
  const head = affected.length === 0 ? 'cli:advisories.inNone' : 'cli:advisories.inRange'
  return [
    '',
    words(head, { version, count: affected.length, ...edition }),
    ...affected.map(match => `  ${matchLine(match, words)}`),
    ...(unclear.length === 0 ? [] : [words('cli:advisories.unclear', { count: unclear.length })]),
    ...unclear.map(
      match => `  ${matchLine(match, words)} (${words(`terms:advisoryReason.${match.reason}`)})`,
    ),
  ]
}

function matchLine({ id, title, fixedIn }: AdvisoryMatch, words: Words): string {
  const fixed =
    fixedIn === null ? words('cli:advisories.notFixed') : words('cli:advisories.fixedInRelease', { fixedIn })
  return `${id}  ${spoken(title, words)}; ${fixed}`
}
