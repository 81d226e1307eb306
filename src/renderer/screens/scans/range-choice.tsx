import { Checkbox, Radio, Switch, TextInput } from '@mantine/core'
import type { Range } from '#shared/domain/range.ts'
import { Mono } from '../../components/mono.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useObstacleWords } from './obstacle-words.ts'
import { entangledRanges, meantRanges, obstacleOf } from './scan-form.ts'
import css from './scans.module.css'
import type { ScanFormState } from './use-scan-form.ts'

export interface ScanFieldsProps {
  readonly register: readonly Range[]
  readonly state: ScanFormState
}

/** Which of the registered ranges. */
export function RangeChoice({ register, state }: ScanFieldsProps) {
  const { t } = useWords()
  const { form, set } = state
  const usable = register.filter(range => range.inForce)
  const choose = (value: string) =>
    set({ chosen: value === 'some' ? [] : null, explained: value === 'one' ? '' : null })
  const choice = form.explained !== null ? 'one' : form.chosen === null ? 'all' : 'some'
  return (
    <fieldset className={css['fields']}>
      <legend className={css['legend']}>{t('screen.ranges')}</legend>
      <Radio.Group value={choice} onChange={choose} aria-label={t('screen.ranges')}>
        <div className={css['options']}>
          <Radio value="all" label={t('scans.allRanges', { count: usable.length })} />
          <Radio value="some" label={t('scans.someRanges')} />
          <Radio value="one" label={t('scans.oneAddress')} description={t('scans.oneAddressHint')} />
        </div>
      </Radio.Group>
      <Choice register={register} state={state} />
      <Waiting register={register} state={state} />
    </fieldset>
  )
}

function Choice({ register, state }: ScanFieldsProps) {
  const { chosen, explained } = state.form
  if (explained !== null) return <ExplainedAddress state={state} address={explained} />
  return chosen === null ? (
    <LeftOut register={register} />
  ) : (
    <RangeList register={register} state={state} chosen={chosen} />
  )
}

function ExplainedAddress({ state, address }: { state: ScanFormState; address: string }) {
  const { t } = useWords()
  return (
    <TextInput
      label={t('scans.address')}
      placeholder="10.1.4.7"
      value={address}
      error={state.isWrong('explained') ? t('scans.addressWrong') : null}
      onChange={event => state.set({ explained: event.currentTarget.value })}
    />
  )
}

/** What "all" does not include, and why. */
function LeftOut({ register }: { register: readonly Range[] }) {
  const { t } = useWords()
  const left = register.filter(range => obstacleOf(range) !== null)
  if (left.length === 0) return null
  return (
    <ul className={css['ranges']} aria-label={t('scans.withObstacles')}>
      {left.map(range => (
        <li key={range.id} className={css['range']}>
          <RangeLine range={range} />
        </li>
      ))}
    </ul>
  )
}

function RangeList({ register, state, chosen }: ScanFieldsProps & { chosen: readonly number[] }) {
  const { t } = useWords()
  const { set, isWrong, form } = state
  const also = entangledRanges(form, register)
  const toggle = (id: number, isChosen: boolean) =>
    set({ chosen: isChosen ? [...chosen, id] : chosen.filter(each => each !== id) })
  return (
    <>
      <ul className={css['ranges']} aria-label={t('scans.someRanges')}>
        {register.map(range => (
          <li key={range.id} className={css['range']}>
            <RangeBox
              range={range}
              isChosen={chosen.includes(range.id)}
              isWrong={isWrong('chosen')}
              onChosen={isChosen => toggle(range.id, isChosen)}
            />
          </li>
        ))}
      </ul>
      {isWrong('chosen') ? <p className={css['wrong']}>{t('scans.chooseOne')}</p> : null}
      {also.length === 0 ? null : (
        <p className={css['hint']}>
          {t('scans.entangled', { blocks: also.map(range => `${range.block} (${range.site})`).join(', ') })}
        </p>
      )}
    </>
  )
}

interface RangeBoxProps {
  readonly range: Range
  readonly isChosen: boolean
  readonly isWrong: boolean
  readonly onChosen: (isChosen: boolean) => void
}

function RangeBox({ range, isChosen, isWrong, onChosen }: RangeBoxProps) {
  return (
    <Checkbox
      classNames={{ labelWrapper: css['boxLabel'] ?? '' }}
      checked={isChosen}
      disabled={!range.inForce}
      aria-invalid={isWrong || undefined}
      onChange={event => onChosen(event.currentTarget.checked)}
      label={<RangeLine range={range} />}
    />
  )
}

/** Which addresses, where, how many; below it what is in the way. */
function RangeLine({ range }: { range: Range }) {
  const { t } = useWords()
  const language = useLanguage()
  const obstacle = useObstacleWords()(range)
  return (
    <span className={css['rangeLine']}>
      <Mono>{range.block}</Mono>
      <span className={css['rangeSite']}>{range.site}</span>
      <span className={css['muted']}>
        {t('ranges.holds', { count: range.addressCount, size: formatNumber(range.addressCount, language) })}
      </span>
      {obstacle === null ? null : <span className={css['obstacle']}>{obstacle}</span>}
    </span>
  )
}

/** Offered where a window is closed. */
function Waiting({ register, state: { form, set } }: ScanFieldsProps) {
  const { t } = useWords()
  const closed = meantRanges(form, register).filter(range => obstacleOf(range) === 'closed')
  if (closed.length === 0) return null
  return (
    <Switch
      label={t('scans.wait', { count: closed.length })}
      description={t(form.chosen === null ? 'scans.waitHint' : 'scans.waitHintChosen')}
      checked={form.wait}
      onChange={event => set({ wait: event.currentTarget.checked })}
    />
  )
}
