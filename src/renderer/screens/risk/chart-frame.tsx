import { Button, SegmentedControl } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import { useWords } from '../../i18n/use-words.ts'
import css from './risk.module.css'

export interface ChartFrameProps {
  readonly title: string
  readonly sub: string
  readonly note?: string | null
  readonly isEmpty: boolean
  readonly chart: ReactNode
  /** The same numbers, for who cannot see the chart or wants to read them. */
  readonly table: ReactNode
  readonly controls?: ReactNode
  readonly save: { readonly svg: () => void; readonly png: () => void; readonly data: () => void }
}

/** A chart with what it says, the same as a table, and ways to take it along. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, sub, note = null, isEmpty, chart, table, controls, save } = props
  const { t } = useWords()
  const [view, setView] = useState<'chart' | 'table'>('chart')
  const id = useId()
  return (
    <section className={css['frame']} aria-labelledby={id}>
      <header className={css['head']}>
        <div>
          <h2 id={id} className={css['title']}>
            {title}
          </h2>
          <p className={css['sub']}>{sub}</p>
        </div>
        <div className={css['tools']}>
          {controls}
          <SegmentedControl
            size="xs"
            aria-label={title}
            value={view}
            onChange={value => setView(value === 'table' ? 'table' : 'chart')}
            data={[
              { value: 'chart', label: t('risk:chart.chart') },
              { value: 'table', label: t('risk:chart.table') },
            ]}
          />
          {(['svg', 'png', 'data'] as const).map(format => (
            <Button
              key={format}
              size="xs"
              variant="default"
              leftSection={<IconDownload size={13} aria-hidden />}
              disabled={isEmpty}
              onClick={save[format]}
            >
              {t(`risk:chart.${format}`)}
            </Button>
          ))}
        </div>
      </header>
      {isEmpty ? <p className={css['empty']}>{t('risk:chart.empty')}</p> : view === 'chart' ? chart : table}
      {note === null ? null : <p className={css['sub']}>{note}</p>}
    </section>
  )
}
