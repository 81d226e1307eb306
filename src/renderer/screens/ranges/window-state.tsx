import { Tooltip } from '@mantine/core'
import { IconClock, IconClockPause } from '@tabler/icons-react'
import type { Range } from '#shared/domain/range.ts'
import { nextWindowOpening, type ScanWindow, type Weekday, weekdays } from '#shared/domain/scan-window.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useNow } from '../../components/use-now.ts'
import { formatMoment } from '../../format/dates.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { clock } from './range-limits.ts'
import css from './ranges.module.css'

/** Whether a range may be scanned at this hour; on hover its hours. */
export function WindowMark({ range: { windows, windowOpen } }: { range: Range }) {
  const { t } = useWords()
  if (windows === null) return <span className={css['muted']}>{t('ranges.always')}</span>
  return (
    <Tooltip label={windows.map(window => windowWords(window, t)).join('\n')}>
      <span>
        {windowOpen ? (
          <StatusMark icon={IconClock} tone="ok" word={t('ranges.windowOpen')} />
        ) : (
          <StatusMark icon={IconClockPause} tone="attention" word={t('ranges.windowClosed')} />
        )}
      </span>
    </Tooltip>
  )
}

/** The same with its hours, and when it opens next. */
export function WindowState({ range }: { range: Range }) {
  const { t } = useWords()
  const language = useLanguage()
  const now = useNow()
  const { windows, windowOpen } = range
  if (windows === null) return t('ranges.always')
  const opens = windowOpen ? null : nextWindowOpening(windows, now)
  return (
    <>
      <WindowMark range={range} />
      <div className={css['muted']}>
        {windows.map(window => windowWords(window, t)).join('; ')}
        {opens === null ? '' : ` · ${t('ranges.opens', { when: formatMoment(opens, language) })}`}
      </div>
    </>
  )
}

/** `Mon–Fri 20:00–06:00` */
function windowWords({ days, from, to }: ScanWindow, t: Words): string {
  return `${daysWords(days, t)} ${clock(from)}–${clock(to)}`
}

/** Three or more days in a row are from one to the other. */
function daysWords(days: readonly Weekday[], t: Words): string {
  const runs: Weekday[][] = []
  for (const day of weekdays.filter(each => days.includes(each))) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    const follows = before !== undefined && weekdays.indexOf(day) === weekdays.indexOf(before) + 1
    if (run !== undefined && follows) run.push(day)
    else runs.push([day])
  }
  return runs
    .flatMap(run => {
      const words = run.map(day => t(`terms:weekday.${day}`))
      return words.length < 3 ? words : [`${words[0]}–${words.at(-1)}`]
    })
    .join(', ')
}
