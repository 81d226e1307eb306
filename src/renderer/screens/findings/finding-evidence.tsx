import type { FindingDetail } from '#shared/domain/finding.ts'
import { useFactWords } from '../../components/fact-words.ts'
import { Section } from '../../components/facts.tsx'
import { Unknown } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { formatRoute, inventory, scans } from '../../state/route.ts'
import css from './findings.module.css'

type FactRow = readonly [name: string, value: unknown]

/** The facts the rule asked for, as they were: what each means and how it is known, by which scan, until when. */
export function FindingEvidence({ finding }: { finding: FindingDetail }) {
  const { t } = useWords()
  const words = useFactWords()
  const { evidence, instanceId } = finding
  const columns: TableColumn<FactRow>[] = [
    {
      id: 'fact',
      head: t('findings:evidence.fact'),
      wraps: true,
      cell: ([name]) => (
        <>
          <Mono>{name}</Mono>
          <div className={css['method']}>{words(name)}</div>
        </>
      ),
    },
    {
      id: 'value',
      head: t('findings:evidence.value'),
      wraps: true,
      cell: ([, value]) => <Value value={value} />,
    },
  ]
  return (
    <Section title={t('findings:evidence.title')}>
      <p className={css['source']}>
        {t('findings:evidence.until')} <TimeAgo at={evidence.observedAt} />
        {evidence.scan === null ? null : (
          <>
            {' · '}
            <a href={formatRoute({ ...scans, scan: evidence.scan })}>
              {t('findings:evidence.scan', { scan: evidence.scan })}
            </a>
          </>
        )}
        {' · '}
        <a href={formatRoute({ ...inventory, instance: instanceId, tab: 'evidence' })}>
          {t('findings:evidence.probes')}
        </a>
      </p>
      <Table
        label={t('findings:evidence.title')}
        columns={columns}
        rows={Object.entries(evidence.facts)}
        rowKey={([name]) => name}
        isInset
      />
    </Section>
  )
}

function Value({ value }: { value: unknown }) {
  if (value === null || value === undefined) return <Unknown />
  return <Mono>{typeof value === 'string' ? value : JSON.stringify(value)}</Mono>
}
