import { Autocomplete, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { blockSize } from '#shared/domain/address-block.ts'
import { defaultPort, zones } from '#shared/domain/range.ts'
import { Notice } from '../../components/notice.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useRead } from '../../data/reads.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ExclusionFields } from './exclusion-fields.tsx'
import { PublicConfirmation } from './public-confirmation.tsx'
import { addressesLeft, coversAll, hasCandidates, needsConfirmation, readBlock } from './range-form.ts'
import { takesCandidates } from './range-limits.ts'
import css from './ranges.module.css'
import type { RangeFormState } from './use-range-form.ts'

interface Props {
  readonly state: RangeFormState
}

/** Which addresses, where they are, and on which ports. */
export function AddressFields({ state, isNew }: Props & { isNew: boolean }) {
  const { t } = useWords()
  return (
    <fieldset className={css['fields']}>
      <legend className={css['legend']}>{t('ranges.addresses')}</legend>
      {isNew ? <BlockField state={state} /> : null}
      {takesCandidates(state.form) ? <CandidatesField state={state} /> : null}
      {isNew && needsConfirmation(state.form.block) ? <PublicConfirmation state={state} /> : null}
      <div className={css['pair']}>
        {isNew ? <SiteField state={state} /> : null}
        <ZoneField state={state} />
        {isNew ? null : <PortsField state={state} />}
      </div>
      {isNew ? <PortsField state={state} /> : null}
      <ExclusionFields state={state} />
      <WhatIsLeft state={state} />
    </fieldset>
  )
}

function BlockField({ state: { form, set, leave, wrong } }: Props) {
  const { t } = useWords()
  const language = useLanguage()
  const block = readBlock(form.block, true)
  const size =
    block?.ok === true
      ? t('ranges.holds', {
          count: Number(blockSize(block.value)),
          size: formatNumber(blockSize(block.value), language),
        })
      : t('ranges.blockHint')
  return (
    <TextInput
      data-autofocus
      autoFocus
      required
      withAsterisk={false}
      label={t('ranges.block')}
      description={size}
      placeholder="10.20.0.0/16"
      classNames={{ input: css['mono'] ?? '' }}
      value={form.block}
      error={wrong('block')}
      onChange={event => set({ block: event.currentTarget.value })}
      onBlur={() => form.block.trim() !== '' && leave('block')}
    />
  )
}

/** The addresses in use of a prefix that is too large to be visited whole. */
function CandidatesField({ state: { form, set, leave, wrong } }: Props) {
  const { t } = useWords()
  return (
    <Textarea
      label={t('ranges.candidates')}
      description={t('ranges.candidatesHint')}
      placeholder={'2001:db8::10\n2001:db8::25'}
      autosize
      minRows={2}
      maxRows={8}
      classNames={{ input: css['mono'] ?? '' }}
      value={form.candidates}
      error={wrong('candidates')}
      onChange={event => set({ candidates: event.currentTarget.value })}
      onBlur={() => leave('candidates')}
    />
  )
}

function SiteField({ state: { form, set, leave, wrong } }: Props) {
  const { t } = useWords()
  const sites = useRead('site.list', {}).data ?? []
  return (
    <Autocomplete
      required
      withAsterisk={false}
      label={t('ranges.site')}
      description={t('ranges.siteHint')}
      placeholder={t('ranges.sitePlaceholder')}
      data={sites.map(site => site.name)}
      value={form.site}
      error={wrong('site')}
      onChange={site => set({ site })}
      onBlur={() => leave('site')}
    />
  )
}

function ZoneField({ state: { form, set, wrong } }: Props) {
  const { t } = useWords()
  return (
    <Select
      label={t('ranges.zone')}
      description={t('ranges.zoneHint')}
      placeholder={t('ranges.zonePlaceholder')}
      data={zones.map(zone => ({ value: zone, label: t(`terms:zone.${zone}`) }))}
      value={form.zone === '' ? null : form.zone}
      error={wrong('zone')}
      onChange={zone => set({ zone: zone ?? '' })}
    />
  )
}

function PortsField({ state: { form, set, leave, wrong } }: Props) {
  const { t } = useWords()
  return (
    <TagsInput
      label={t('ranges.ports')}
      description={t('ranges.portsHint', { port: defaultPort })}
      placeholder={form.ports.length === 0 ? String(defaultPort) : ''}
      splitChars={[',', ' ', ';']}
      acceptValueOnBlur
      value={[...form.ports]}
      error={wrong('ports')}
      onChange={ports => {
        set({ ports })
        leave('ports')
      }}
    />
  )
}

/** How many addresses a scan will visit, once exclusions are taken off. */
function WhatIsLeft({ state: { form } }: Props) {
  const { t } = useWords()
  const language = useLanguage()
  const block = readBlock(form.block)
  // of listed candidates so many are left as are listed; what is excluded of them, the scan says
  if (block?.ok !== true || hasCandidates(form) || form.exclusions.every(text => text.trim() === ''))
    return null
  const all = blockSize(block.value)
  const left = addressesLeft(block.value, form.exclusions)
  if (left === 0n || form.exclusions.some(text => coversAll(text, block.value)))
    return <Notice tone="attention">{t('ranges.nothingLeft')}</Notice>
  return (
    <p className={css['sum']}>
      {t('ranges.left', {
        all: formatNumber(all, language),
        excluded: formatNumber(all - left, language),
        left: formatNumber(left, language),
      })}
    </p>
  )
}
