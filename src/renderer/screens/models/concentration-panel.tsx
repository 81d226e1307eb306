import { SegmentedControl } from '@mantine/core'
import { IconBox } from '@tabler/icons-react'
import { useState } from 'react'
import type { Concentration } from '#shared/domain/held-model.ts'
import type { ScanReport } from '#shared/domain/scan.ts'
import { Section } from '../../components/facts.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { EmptyPanel, LoadingPanel } from '../../components/state-panel.tsx'
import { Table } from '../../components/table.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useRead } from '../../data/reads.ts'
import { formatMoment, millisecondsOf } from '../../format/dates.ts'
import { formatFixed, formatNumber, formatShare } from '../../format/numbers.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { formatRoute, inventory } from '../../state/route.ts'
import css from './models.module.css'

type Dimension = Concentration['by'][number]
type Top = Dimension['top'][number]
type Measure = 'instances' | 'models'

const shownValues = 10

/** How much of the organisation rests on how little. */
export function ConcentrationPanel() {
  const { t } = useWords()
  const read = useRead('model.concentration', {}, { keepPrevious: true })
  const figures = read.data
  if (read.failure !== null || read.error !== null)
    return (
      <div className={css['page']}>
        <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} large />
      </div>
    )
  if (figures === undefined)
    return (
      <div className={css['page']}>
        <LoadingPanel />
      </div>
    )
  if (figures.instances === 0)
    return <EmptyPanel icon={IconBox} title={t('models:none')} text={t('models:screen.noneText')} />
  return <Figures figures={figures} />
}

function Figures({ figures }: { figures: Concentration }) {
  const { t } = useWords()
  const language = useLanguage()
  const [measure, setMeasure] = useState<Measure>('instances')
  const n = (count: number) => formatNumber(count, language)
  return (
    <section className={css['page']} aria-label={t('models:screen.tab.concentration')}>
      <div className={css['measure']}>
        <p className={css['sentences']}>
          {t('models:concentration.head', {
            count: figures.instances,
            instances: n(figures.instances),
            models: n(figures.models),
          })}
        </p>
        <SegmentedControl
          size="xs"
          aria-label={t('models:concentration.measure')}
          value={measure}
          onChange={value => setMeasure(value === 'models' ? 'models' : 'instances')}
          data={[
            { value: 'instances', label: t('models:concentration.byInstances') },
            { value: 'models', label: t('models:concentration.byCopies') },
          ]}
        />
      </div>
      <div className={css['charts']}>
        {figures.by.map(dimension => (
          <div key={dimension.dimension}>
            <Chart dimension={dimension} measure={measure} />
          </div>
        ))}
      </div>
      <div className={css['part']}>
        <Study figures={figures} />
      </div>
      <p className={css['note']}>{t('models:concentration.note')}</p>
      <Source />
    </section>
  )
}

/** Bars with their numbers beside them: the chart is its own table. */
function Chart({ dimension, measure }: { dimension: Dimension; measure: Measure }) {
  const { t } = useWords()
  const language = useLanguage()
  const { distinct, unknownModels, herfindahlByInstances, herfindahlByModels } = dimension
  const name = t(`models:concentration.by.${dimension.dimension}`)
  const shareOf = (top: Top) => (measure === 'instances' ? top.instanceShare : top.modelShare)
  const top = [...dimension.top].sort((a, b) => shareOf(b) - shareOf(a)).slice(0, shownValues)
  const [first] = top
  const index = measure === 'instances' ? herfindahlByInstances : herfindahlByModels
  return (
    <Section title={name}>
      <p className={css['figures']}>
        {first === undefined ? null : (
          <>
            <strong>{formatShare(shareOf(first), language)}</strong>{' '}
            {t(`models:concentration.topShare.${measure}`, { value: labelOf(first, t) })}{' '}
          </>
        )}
        <span className={css['muted']}>
          {distinct === 0
            ? null
            : `${t('models:concentration.index', {
                index: formatFixed(index, 3, language),
                n: formatNumber(distinct, language),
              })} `}
          {unknownModels === 0
            ? null
            : `${t('models:concentration.unknown', { count: unknownModels, n: formatNumber(unknownModels, language) })}`}
        </span>
      </p>
      <table className={css['bars']} aria-label={name}>
        <colgroup>
          <col className={css['nameColumn']} />
          <col />
          <col className={css['countColumn']} />
        </colgroup>
        <thead className={css['hidden']}>
          <tr>
            <th scope="col">{t('models:column.value')}</th>
            <th scope="col">{t('models:column.share')}</th>
            <th scope="col">{t('models:column.instances')}</th>
          </tr>
        </thead>
        <tbody>
          {top.map(each => (
            <Bar key={each.value} top={each} share={shareOf(each)} measure={measure} />
          ))}
        </tbody>
      </table>
      {distinct > top.length ? (
        <p className={css['muted']}>
          {t('models:concentration.more', { n: formatNumber(distinct - top.length, language) })}
        </p>
      ) : null}
    </Section>
  )
}

function Bar({ top, share, measure }: { top: Top; share: number; measure: Measure }) {
  const { t } = useWords()
  const language = useLanguage()
  const label = labelOf(top, t)
  const count = measure === 'instances' ? top.instances : top.models
  return (
    <tr>
      <th scope="row" title={label}>
        {top.query === null ? (
          <span className={css['barName']}>{label}</span>
        ) : (
          <a
            className={css['barName']}
            href={formatRoute({ ...inventory, text: top.query })}
            aria-label={t('models:concentration.show', {
              value: label,
              count: top.instances,
              n: formatNumber(top.instances, language),
            })}
          >
            {label}
          </a>
        )}
      </th>
      <td className={css['barCell']}>
        <span className={css['track']}>
          <span className={css['bar']} style={{ width: `${Math.max(share * 100, 0.4)}%` }} />
        </span>
        <span className={css['barShare']}>{formatShare(share, language)}</span>
      </td>
      <td className={css['barCount']}>{formatNumber(count, language)}</td>
    </tr>
  )
}

/** A digest is not for reading: a name of it, where there is one. */
function labelOf({ value, name }: Top, t: Words): string {
  return name ?? (value === 'NONE' ? t('models:concentration.noLicence') : value)
}

function Study({ figures: { study } }: { figures: Concentration }) {
  const { t } = useWords()
  const language = useLanguage()
  return (
    <Section title={t('models:study.title')} note={t('models:study.note')}>
      <Table
        label={t('models:study.title')}
        rows={study}
        rowKey={({ figure }) => figure}
        columns={[
          {
            id: 'figure',
            head: t('models:study.share'),
            wraps: true,
            cell: ({ figure }) => t(`models:study.figure.${figure}`),
          },
          {
            id: 'own',
            head: t('models:study.own'),
            alignEnd: true,
            cell: ({ own }) => (own === null ? t('terms:unknown') : formatShare(own, language)),
          },
          {
            id: 'study',
            head: t('models:study.public'),
            alignEnd: true,
            cell: ({ study: share }) => formatShare(share, language),
          },
        ]}
      />
      <p className={css['source']}>{t('models:study.source')}</p>
    </Section>
  )
}

/** What the figures rest on: how many scans, from when to when. */
function Source() {
  const { t } = useWords()
  const language = useLanguage()
  const scans = useRead('scan.list', { limit: 1000 }).data
  const [newest] = scans ?? []
  const oldest = scans?.at(-1)
  if (scans === undefined || newest === undefined || oldest === undefined) return null
  return (
    <p className={css['source']}>
      {t('models:concentration.source', {
        count: scans.length,
        vantages: vantagesOf(scans, t('sentence.fromSomewhere')),
        from: formatMoment(millisecondsOf(oldest.scan.startedAt), language),
        to: formatMoment(millisecondsOf(newest.scan.startedAt), language),
      })}
    </p>
  )
}

const vantagesNamed = 3

/** The own addresses the scans looked from; a machine in no network that matters is itself. */
function vantagesOf(scans: readonly ScanReport[], itself: string): string {
  const all = [...new Set(scans.map(({ scan }) => scan.vantage?.prefix ?? itself))]
  return [...all.slice(0, vantagesNamed), ...(all.length > vantagesNamed ? ['…'] : [])].join(', ')
}
