import { ProbeKind } from '#shared/domain/probe.ts'
import type { RequestCounts } from '#shared/domain/scan.ts'
import { Fact, Facts, Section } from '../../components/facts.tsx'
import { Mono } from '../../components/mono.tsx'
import { Table } from '../../components/table.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useRead } from '../../data/reads.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'

export interface ScanRequestsProps {
  readonly requests: RequestCounts
  readonly userAgent: string
}

/** Everything that was sent, by kind, and under what name. */
export function ScanRequests({ requests, userAgent }: ScanRequestsProps) {
  const { t } = useWords()
  const language = useLanguage()
  const allowed = useRead('allow-list.show', {}).data ?? []
  const kinds = Object.entries(requests.byKind).sort(([, a], [, b]) => b - a)
  const requestOf = (kind: string) => {
    const found = allowed.find(each => each.kind === kind)
    return found === undefined ? '' : `${found.method} ${found.path}`
  }
  const wordsOf = (kind: string) => {
    const known = ProbeKind.safeParse(kind)
    return known.success ? t(`terms:probe.${known.data}`) : kind
  }
  return (
    <Section title={t('scans.sent')} note={t('scans.sentNote')}>
      <Facts>
        <Fact name={t('scans.userAgent')}>
          <Mono>{userAgent}</Mono>
        </Fact>
      </Facts>
      <Table
        label={t('scans.sent')}
        isInset
        rows={kinds}
        rowKey={([kind]) => kind}
        columns={[
          { id: 'kind', head: t('scans.kind'), wraps: true, cell: ([kind]) => wordsOf(kind) },
          {
            id: 'request',
            head: t('scans.request'),
            cell: ([kind]) => <Mono muted>{requestOf(kind)}</Mono>,
          },
          {
            id: 'count',
            head: t('scans.times'),
            alignEnd: true,
            cell: ([, count]) => formatNumber(count, language),
          },
        ]}
        total={[t('scans.total'), '', formatNumber(requests.total, language)]}
      />
    </Section>
  )
}
