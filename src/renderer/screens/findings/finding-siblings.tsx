import type { FindingDetail } from '#shared/domain/finding.ts'
import { Section } from '../../components/facts.tsx'
import { FindingStatusMark } from '../../components/finding-marks.tsx'
import { SeverityMark } from '../../components/marks.tsx'
import { Table } from '../../components/table.tsx'
import { useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { findings } from '../../state/findings-route.ts'
import { formatRoute } from '../../state/route.ts'

/** What else breaks the same rule at the same instance: its other advisories or models. */
export function FindingSiblings({ finding }: { finding: FindingDetail }) {
  const { t } = useWords()
  const route = useScreenRoute('findings', findings)
  const query = `instance:${finding.instanceId} rule:${finding.rule}`
  const read = useRead('finding.page', { query, limit: 200 }, { enabled: finding.subject !== 'instance' })
  const rows = read.data?.rows ?? []
  if (rows.length < 2) return null
  return (
    <Section title={t('findings:siblings', { count: rows.length })}>
      <Table
        label={t('findings:siblings', { count: rows.length })}
        columns={[
          { id: 'subject', head: t('findings:column.subject'), cell: row => row.subject },
          {
            id: 'severity',
            head: t('findings:column.severity'),
            cell: row => <SeverityMark severity={row.severity} />,
          },
          {
            id: 'status',
            head: t('findings:column.status'),
            cell: row => <FindingStatusMark status={row.status} />,
          },
        ]}
        rows={rows}
        rowKey={row => String(row.id)}
        selectedKey={String(finding.id)}
        link={row => formatRoute({ ...route, finding: row.id })}
        isInset
      />
    </Section>
  )
}
