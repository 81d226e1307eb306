import type { EndpointDetail } from '#shared/domain/instance.ts'
import type { Probe } from '#shared/domain/probe.ts'
import type { Signal } from '#shared/domain/product.ts'
import { Section } from '../../components/facts.tsx'
import { Mono } from '../../components/mono.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatDecimal, formatNumber } from '../../format/numbers.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import css from './instance.module.css'
import { ProbeAnswer } from './probe-answer.tsx'
import { signalWord } from './signal-word.ts'
import type { TabProps } from './tab-props.ts'

/** What everything said about the instance rests on. */
export function EvidenceTab({ instance }: TabProps) {
  return instance.endpoints.map(endpoint => (
    <EndpointEvidence key={endpoint.id} endpoint={endpoint} confidence={instance.confidence} />
  ))
}

function EndpointEvidence({ endpoint, confidence }: { endpoint: EndpointDetail; confidence: number }) {
  const { t } = useWords()
  const { signals, evidence } = endpoint
  return (
    <section className={css['block']}>
      <Section title={t('evidence.signals')} note={t('evidence.signalsNote')}>
        {signals.length === 0 ? (
          <p className={css['muted']}>{t('evidence.noSignals')}</p>
        ) : (
          <Signals signals={signals} confidence={confidence} />
        )}
      </Section>
      <Section title={t('evidence.probes')} note={t('evidence.probesNote')}>
        <Probes probes={evidence} />
      </Section>
    </section>
  )
}

function Signals({ signals, confidence }: { signals: readonly Signal[]; confidence: number }) {
  const { t } = useWords()
  const columns: TableColumn<Signal>[] = [
    {
      id: 'signal',
      head: t('evidence.signal'),
      wraps: true,
      cell: ({ name, saw }) => (
        <>
          {signalWord(name, t)}
          <div className={css['saw']}>
            <Mono muted>{saw}</Mono>
          </div>
        </>
      ),
    },
    { id: 'points', head: t('evidence.points'), alignEnd: true, cell: ({ points }) => signed(points) },
  ]
  return (
    <Table
      label={t('evidence.signals')}
      columns={columns}
      rows={signals}
      rowKey={({ name, saw }) => `${name} ${saw}`}
      total={[t('evidence.confidence'), confidence]}
      isInset
    />
  )
}

function signed(points: number): string {
  return points > 0 ? `+${points}` : `−${Math.abs(points)}`
}

function Probes({ probes }: { probes: readonly Probe[] }) {
  const { t } = useWords()
  const language = useLanguage()
  return (
    <Table
      label={t('evidence.probes')}
      columns={probeColumns(t, language)}
      rows={probes}
      rowKey={({ kind, about, request }) => `${kind} ${about} ${request}`}
      isInset
    />
  )
}

function probeColumns(t: Words, language: 'en' | 'de'): TableColumn<Probe>[] {
  return [
    {
      id: 'question',
      head: t('evidence.question'),
      wraps: true,
      cell: ({ kind, request, about }) => (
        <>
          {t(`terms:probe.${kind}`)}
          <div>
            <Mono muted>{about === null ? request : `${request}  ${about}`}</Mono>
          </div>
        </>
      ),
    },
    { id: 'answer', head: t('evidence.answer'), cell: probe => <ProbeAnswer probe={probe} /> },
    {
      id: 'bytes',
      head: t('evidence.bytes'),
      alignEnd: true,
      cell: ({ bytes }) => formatNumber(bytes, language),
    },
    {
      id: 'ms',
      head: t('evidence.ms'),
      alignEnd: true,
      cell: ({ durationMs }) => formatDecimal(durationMs, 1, language),
    },
  ]
}
