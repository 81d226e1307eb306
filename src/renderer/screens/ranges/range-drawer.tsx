import { Button } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import type { Range } from '#shared/domain/range.ts'
import { sayDone } from '../../actions/say.ts'
import { Drawer } from '../../components/drawer.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { Mono } from '../../components/mono.tsx'
import { useParts, usePreferences } from '../../data/parts.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { ranges } from '../../state/route.ts'
import { AddressFields } from './address-fields.tsx'
import { AuthorisationFields } from './authorisation-fields.tsx'
import { LimitFields } from './limit-fields.tsx'
import { RangeFacts } from './range-facts.tsx'
import css from './ranges.module.css'
import { RemoveRange } from './remove-range.tsx'
import { useRangeForm } from './use-range-form.ts'

/** A new range (null), or one of the register with everything about it that can be changed. */
export function RangeDrawer({ range }: { range: Range | null }) {
  const { t } = useWords()
  const { navigation, preferences } = useParts()
  const { drawerWidth } = usePreferences()
  const state = useRangeForm(range)
  const [isRemoving, setRemoving] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const close = () => navigation.go(ranges)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const saved = await state.submit()
    if (saved === null) return focusFirstWrong(form.current)
    sayDone(t(range === null ? 'ranges.added' : 'ranges.changed', { block: saved.block, site: saved.site }))
    close()
  }
  return (
    <Drawer
      label={range === null ? t('ranges.add') : t('ranges.label', { block: range.block })}
      width={drawerWidth}
      onWidth={width => preferences.setState({ drawerWidth: width })}
      onClose={close}
      heading={<h2>{range === null ? t('ranges.add') : <Mono>{range.block}</Mono>}</h2>}
      footer={
        <>
          {range === null ? null : (
            <Button variant="default" className={css['remove'] ?? ''} onClick={() => setRemoving(true)}>
              {t('remove')}
            </Button>
          )}
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button type="submit" form="range-form" loading={state.isSaving}>
            {range === null ? t('ranges.register') : t('save')}
          </Button>
        </>
      }
    >
      <form
        id="range-form"
        ref={form}
        className={css['form']}
        onSubmit={event => void save(event)}
        noValidate
      >
        {range === null ? null : <RangeFacts range={range} />}
        {state.refusal === null ? null : <FailurePanel failure={state.refusal} />}
        <AddressFields state={state} isNew={range === null} />
        <AuthorisationFields state={state} />
        <LimitFields state={state} />
      </form>
      {range === null ? null : (
        <RemoveRange range={range} isOpen={isRemoving} onClose={() => setRemoving(false)} />
      )}
    </Drawer>
  )
}

/** After the words have been drawn. */
function focusFirstWrong(form: HTMLFormElement | null): void {
  setTimeout(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
