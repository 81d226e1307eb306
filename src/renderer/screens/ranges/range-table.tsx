import { Tooltip } from '@mantine/core'
import { IconWorld } from '@tabler/icons-react'
import type { Range } from '#shared/domain/range.ts'
import { AuthorisationMark, Unknown } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useNow } from '../../components/use-now.ts'
import { formatDate } from '../../format/dates.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { formatRoute, ranges as rangesRoute } from '../../state/route.ts'
import { authorisationState } from './authorisation-state.ts'
import css from './ranges.module.css'
import { WindowMark } from './window-state.tsx'

/** The register. */
export function RangeTable({ ranges, selected }: { ranges: readonly Range[]; selected: number | null }) {
  const { t } = useWords()
  const columns = [...useAddressColumns(), ...useAuthorisationColumns()]
  return (
    <Table
      label={t('screen.ranges')}
      columns={columns}
      rows={ranges}
      rowKey={range => String(range.id)}
      selectedKey={selected === null ? null : String(selected)}
      link={range => formatRoute({ ...rangesRoute, range: range.id })}
    />
  )
}

function useAddressColumns(): TableColumn<Range>[] {
  const { t } = useWords()
  const language = useLanguage()
  return [
    { id: 'block', head: t('ranges.block'), cell: range => <Mono>{range.block}</Mono> },
    { id: 'site', head: t('ranges.site'), cell: range => range.site },
    {
      id: 'zone',
      head: t('ranges.zone'),
      cell: range =>
        range.public ? (
          <StatusMark icon={IconWorld} tone="attention" word={t('terms:zone.public')} />
        ) : range.zone === 'unknown' ? (
          <Unknown />
        ) : (
          t(`terms:zone.${range.zone}`)
        ),
    },
    {
      id: 'addresses',
      head: t('ranges.addresses'),
      alignEnd: true,
      cell: range => formatNumber(range.addressCount, language),
    },
    { id: 'ports', head: t('ranges.ports'), cell: range => <Listed texts={range.ports.map(String)} /> },
    {
      id: 'window',
      head: t('ranges.window'),
      cell: range => <WindowMark range={range} />,
    },
    { id: 'exclusions', head: t('ranges.excluded'), cell: range => <Listed texts={range.exclusions} /> },
  ]
}

function useAuthorisationColumns(): TableColumn<Range>[] {
  const { t } = useWords()
  const language = useLanguage()
  const now = useNow()
  return [
    {
      id: 'state',
      head: t('ranges.authorisation'),
      cell: range => (
        <span className={css['authorised']}>
          <AuthorisationMark state={authorisationState(range, now)} />
          <span className={css['muted']}>
            {t('ranges.until', { date: formatDate(range.authorisation.validUntil, language) })}
          </span>
        </span>
      ),
    },
    {
      id: 'covered',
      head: t('ranges.lastCovered'),
      cell: range =>
        range.lastCoveredAt === null ? (
          <span className={css['muted']}>{t('ranges.never')}</span>
        ) : (
          <TimeAgo at={range.lastCoveredAt} />
        ),
    },
    {
      id: 'by',
      head: t('ranges.authorisedBy'),
      cell: range => <span className={css['clip']}>{range.authorisation.by}</span>,
    },
    {
      id: 'reference',
      head: t('ranges.reference'),
      cell: range => (
        <Tooltip label={range.authorisation.reference}>
          <span className={css['clip']}>{range.authorisation.reference}</span>
        </Tooltip>
      ),
    },
  ]
}

/** The first of several, and how many more there are; all of them on hover. */
function Listed({ texts }: { texts: readonly string[] }) {
  const { t } = useWords()
  const [first] = texts
  if (first === undefined) return <span className={css['muted']}>{t('terms:none')}</span>
  if (texts.length === 1) return <Mono>{first}</Mono>
  return (
    <Tooltip label={texts.join('\n')}>
      <span>
        <Mono>{first}</Mono> <span className={css['muted']}>+{texts.length - 1}</span>
      </span>
    </Tooltip>
  )
}
