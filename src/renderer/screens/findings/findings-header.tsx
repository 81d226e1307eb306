import { SegmentedControl } from '@mantine/core'
import { ExportTableButton } from '../../actions/export-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { formatNumber } from '../../format/numbers.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { exceptions, findings } from '../../state/findings-route.ts'
import type { FindingList } from './use-findings.ts'

/** The head of both parts, with the way to the other. */
export function FindingsHeader({ count, query = '' }: { count: string | null; query?: string }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const { part } = useScreenRoute('findings', findings)
  return (
    <PageHeader title={t('screen.findings')} count={count}>
      <ExportTableButton table={part === 'list' ? 'findings' : 'exceptions'} query={query} />
      <SegmentedControl
        aria-label={t('findings:parts')}
        value={part}
        onChange={value => navigation.go(value === 'exceptions' ? exceptions : findings)}
        data={[
          { value: 'list', label: t('findings:part.list') },
          { value: 'exceptions', label: t('findings:part.exceptions') },
        ]}
      />
    </PageHeader>
  )
}

/** "312 findings in 120 rows": several advisories of one instance are one row. */
export function useCountOf(size: FindingList['size']): string | null {
  const { t } = useWords()
  const language = useLanguage()
  return countOf(size, t, rows => formatNumber(rows, language))
}

function countOf(size: FindingList['size'], t: Words, format: (rows: number) => string): string | null {
  if (size === null) return null
  const { total, findings: count } = size
  if (total === count) return t('findings:count', { count })
  return t('findings:countInRows', { count, rows: format(total) })
}
