import { Radio, TagsInput, TextInput } from '@mantine/core'
import { type ProfileName, profileNames, profiles } from '#shared/domain/profile.ts'
import type { Range } from '#shared/domain/range.ts'
import { Table, type TableColumn } from '../../components/table.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatRemaining } from '../../format/durations.ts'
import { formatDecimal, formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import type { ScanFieldsProps } from './range-choice.tsx'
import { isPort, leastDurationMs, visitedRanges } from './scan-form.ts'
import css from './scans.module.css'
import type { ScanFormState } from './use-scan-form.ts'

/** How hard, with the numbers behind it, and on which ports. */
export function PaceFields({ register, state }: ScanFieldsProps) {
  const { t } = useWords()
  const { form, set } = state
  const visited = visitedRanges(form, register)
  return (
    <fieldset className={css['fields']}>
      <legend className={css['legend']}>{t('scans.pace')}</legend>
      <Radio.Group
        value={form.profile}
        onChange={value => set({ profile: value as ProfileName })}
        aria-label={t('scans.profile')}
      >
        <Table
          label={t('scans.profile')}
          isInset
          rows={profileNames}
          rowKey={name => name}
          columns={useProfileColumns(state, visited)}
        />
      </Radio.Group>
      <p className={css['hint']}>
        {t(`scans.profileMeaning.${form.profile}`)}{' '}
        {t('scans.profileNote', { looks: profiles[form.profile].looks })}
      </p>
      <div className={css['pair']}>
        <RateField state={state} />
        <PortsField state={state} />
      </div>
    </fieldset>
  )
}

function useProfileColumns({ form }: ScanFormState, visited: readonly Range[]): TableColumn<ProfileName>[] {
  const { t } = useWords()
  const language = useLanguage()
  const figure = (
    id: 'atOnce' | 'perNetwork' | 'perSecondHead' | 'timeout' | 'atLeast',
    text: (name: ProfileName) => string,
  ): TableColumn<ProfileName> => ({ id, head: t(`scans.${id}`), alignEnd: true, cell: text })
  const seconds = (ms: number) => formatDecimal(ms / 1000, 2, language)
  return [
    {
      id: 'name',
      head: t('scans.profile'),
      cell: name => <Radio value={name} label={t(`terms:profile.${name}`)} />,
    },
    figure('perSecondHead', name => formatNumber(profiles[name].rate, language)),
    figure('perNetwork', name => formatNumber(profiles[name].networkRate, language)),
    figure('atOnce', name => formatNumber(profiles[name].concurrency, language)),
    figure('timeout', name => {
      const { floorTimeoutMs, ceilingTimeoutMs } = profiles[name]
      return `${seconds(floorTimeoutMs)}–${seconds(ceilingTimeoutMs)} s`
    }),
    figure('atLeast', name =>
      visited.length === 0 ? '–' : formatRemaining(leastDurationMs(visited, { ...form, rate: '' }, name)),
    ),
  ]
}

function RateField({ state: { form, set, isWrong } }: { state: ScanFormState }) {
  const { t } = useWords()
  const language = useLanguage()
  return (
    <TextInput
      label={t('scans.ownRate')}
      description={t('scans.ownRateHint')}
      placeholder={formatNumber(profiles[form.profile].rate, language)}
      inputMode="numeric"
      value={form.rate}
      error={isWrong('rate') ? t('scans.rateWrong') : null}
      onChange={event => set({ rate: event.currentTarget.value })}
    />
  )
}

function PortsField({ state: { form, set, isWrong } }: { state: ScanFormState }) {
  const { t } = useWords()
  const wrong = form.ports.find(port => !isPort(port))
  return (
    <TagsInput
      label={t('ranges.ports')}
      description={t('scans.ownPortsHint')}
      splitChars={[',', ' ', ';']}
      acceptValueOnBlur
      value={[...form.ports]}
      error={isWrong('ports') ? t('scans.portWrong', { port: wrong ?? '' }) : null}
      onChange={ports => set({ ports })}
    />
  )
}
