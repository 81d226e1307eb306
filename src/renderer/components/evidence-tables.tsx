import type { Probe } from '#shared/domain/probe.ts'
import type { Signal } from '#shared/domain/product.ts'
import { formatDecimal, formatNumber } from '../format/numbers.ts'
import { useWords, type Words } from '../i18n/use-words.ts'
import css from './evidence-tables.module.css'
import { Mono } from './mono.tsx'
import { ProbeAnswer } from './probe-answer.tsx'
import { signalWord } from './signal-word.ts'
import { Table, type TableColumn } from './table.tsx'
import { useLanguage } from './use-language.ts'

/** What spoke for a product and against it, with points that add up to the confidence. */
export function SignalTable({ signals, confidence }: { signals: readonly Signal[]; confidence: number }) {
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

/** Every question asked of one endpoint, and how it ended. */
export function ProbeTable({ probes }: { probes: readonly Probe[] }) {
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
