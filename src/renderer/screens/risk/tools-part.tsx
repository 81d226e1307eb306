import { formatAddressPort } from '#shared/domain/address.ts'
import { Access } from '#shared/domain/exposure.ts'
import type { ToolExposure } from '#shared/domain/overview.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { AccessMark, Unknown } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { SparkLine } from '../../components/spark-line.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { Table } from '../../components/table.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useRead } from '../../data/reads.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { formatRoute, inventory } from '../../state/route.ts'
import css from './risk.module.css'

const shown = 200

/** Tool calling as a thing to be watched. */
export function ToolsPart() {
  const read = useRead('risk.tools', { limit: shown }, { keepPrevious: true })
  if (read.failure !== null || read.error !== null)
    return <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
  return read.data === undefined ? <LoadingPanel /> : <Shown found={read.data} />
}

function Shown({ found }: { found: ToolExposure }) {
  const { t } = useWords()
  return (
    <>
      <p className={css['sub']}>{t('risk:tools.sub')}</p>
      <Shares found={found} />
      {found.instances.length === 0 ? <p className={css['empty']}>{t('risk:tools.none')}</p> : null}
      <Combined combined={found.combined} />
      <Models models={found.models} />
      <Instances found={found} />
    </>
  )
}

/** The own share, and the study's beside it: said to be of another population. */
function Shares({ found: { share, study, trend } }: { found: ToolExposure }) {
  const { t } = useWords()
  const language = useLanguage()
  const own = share.known === 0 ? 0 : Math.round((100 * share.capable) / share.known)
  return (
    <dl className={css['shares']}>
      <div>
        <dt>{t('risk:tools.own')}</dt>
        <dd>
          <span className={css['bar']} style={{ width: `${own}%` }} aria-hidden />
          {t('risk:tools.share', { percent: own, count: share.known })}
        </dd>
      </div>
      <div data-other>
        <dt>{t('risk:tools.public')}</dt>
        <dd>
          <span className={css['bar']} style={{ width: `${study.percent}%` }} aria-hidden />
          {t('risk:tools.study', study)}
        </dd>
      </div>
      {trend.length < 2 ? null : (
        <div>
          <dt>{t('risk:figure.openTools')}</dt>
          <dd className={css['trend']}>
            <span>{formatNumber(trend.at(-1)?.value ?? 0, language)}</span>
            <SparkLine
              values={trend.map(({ value }) => value)}
              label={t('risk:trend.label', { figure: t('risk:figure.openTools'), count: trend.length })}
            />
          </dd>
        </div>
      )}
    </dl>
  )
}

function Combined({ combined }: { combined: ToolExposure['combined'] }) {
  const { t } = useWords()
  const language = useLanguage()
  return (
    <section className={css['frame']} aria-label={t('risk:tools.combined')}>
      <h2 className={css['title']}>{t('risk:tools.combined')}</h2>
      <ul className={css['combined']}>
        {combined.map(({ combination, instances, query }) => (
          <li key={combination}>
            <a href={formatRoute({ ...inventory, text: query })}>
              <strong>{formatNumber(instances, language)}</strong>{' '}
              {t(`risk:tools.combination.${combination as 'vision'}`)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Models({ models }: { models: ToolExposure['models'] }) {
  const { t } = useWords()
  const language = useLanguage()
  if (models.length === 0) return null
  return (
    <section className={css['frame']} aria-label={t('risk:tools.models')}>
      <h2 className={css['title']}>{t('risk:tools.models')}</h2>
      <Table
        label={t('risk:tools.models')}
        rows={models.slice(0, shown)}
        rowKey={({ name }) => name}
        link={({ query }) => formatRoute({ ...inventory, text: query })}
        columns={[
          { id: 'model', head: t('risk:tools.column.model'), cell: ({ name }) => <Mono>{name}</Mono> },
          {
            id: 'open',
            head: t('risk:tools.column.open'),
            alignEnd: true,
            cell: ({ open }) => formatNumber(open, language),
          },
          {
            id: 'instances',
            head: t('risk:tools.column.instances'),
            alignEnd: true,
            cell: ({ instances }) => formatNumber(instances, language),
          },
          {
            id: 'capabilities',
            head: t('risk:tools.column.capabilities'),
            cell: ({ capabilities }) => capabilities.join(', '),
          },
          {
            id: 'since',
            head: t('risk:tools.column.since'),
            cell: ({ since }) => <TimeAgo at={since} />,
          },
        ]}
      />
    </section>
  )
}

type Row = ToolExposure['instances'][number]

function Instances({ found: { instances, totalInstances } }: { found: ToolExposure }) {
  const { t } = useWords()
  if (instances.length === 0) return null
  const head = (name: 'score' | 'address' | 'site' | 'access' | 'owner' | 'accepted' | 'since' | 'models') =>
    t(`risk:tools.column.${name}`)
  return (
    <section className={css['frame']} aria-label={t('risk:tools.instances')}>
      <h2 className={css['title']}>
        {t('risk:tools.instances')}{' '}
        <span className={css['sub']}>
          {t('risk:tools.shown', { shown: instances.length, all: totalInstances })}
        </span>
      </h2>
      <Table<Row>
        label={t('risk:tools.instances')}
        rows={instances}
        rowKey={({ instanceId }) => String(instanceId)}
        link={({ instanceId }) => formatRoute({ ...inventory, instance: instanceId, tab: 'risk' })}
        columns={[
          {
            id: 'address',
            head: head('address'),
            cell: row => <Mono>{formatAddressPort(row.address, row.port)}</Mono>,
          },
          { id: 'score', head: head('score'), alignEnd: true, cell: row => row.score ?? <Unknown /> },
          {
            id: 'access',
            head: head('access'),
            cell: row => <AccessMark access={Access.catch('unknown').parse(row.access)} />,
          },
          { id: 'site', head: head('site'), cell: row => row.site },
          { id: 'owner', head: head('owner'), cell: row => row.owner ?? t('risk:tools.nobody') },
          {
            id: 'accepted',
            head: head('accepted'),
            cell: row => row.acceptedBy.join(', ') || t('risk:tools.nobody'),
          },
          { id: 'since', head: head('since'), cell: row => <TimeAgo at={row.since} /> },
          { id: 'models', head: head('models'), wraps: true, cell: row => row.models.join(', ') },
        ]}
      />
    </section>
  )
}
