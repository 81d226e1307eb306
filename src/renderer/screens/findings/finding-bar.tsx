import { Button, CloseButton, Menu, Tooltip } from '@mantine/core'
import { IconChevronDown, IconSelectAll, IconShieldPause, IconUserPlus } from '@tabler/icons-react'
import { findingSteps } from '#shared/domain/finding.ts'
import { Mono } from '../../components/mono.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useActOnMany } from './act-on-many.tsx'
import css from './finding-bar.module.css'
import type { FindingPicks } from './use-finding-picks.ts'

export interface FindingBarProps {
  readonly picks: FindingPicks
  readonly onDone: () => void
}

/** What can be done with the chosen rows: how many they are, and of which query. */
export function FindingBar({ picks, onDone }: FindingBarProps) {
  const { t } = useWords()
  const { begin, dialog } = useActOnMany(picks.target, () => {
    picks.clear()
    onDone()
  })
  useKeys({ ['Escape']: () => (dialog === null ? picks.clear() : false) }, { isFirst: true })
  return (
    <section className={css['bar']} aria-label={t('findings:many.label')}>
      <HowMany picks={picks} />
      {picks.picked.all ? null : (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconSelectAll size={14} aria-hidden />}
          onClick={picks.chooseAll}
        >
          {t('findings:many.chooseAll')}
        </Button>
      )}
      <div className={css['actions']}>
        <Menu position="bottom-start">
          <Menu.Target>
            <Button
              size="compact-xs"
              variant="default"
              rightSection={<IconChevronDown size={13} aria-hidden />}
            >
              {t('findings:many.step')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {findingSteps.map(step => (
              <Menu.Item key={step} onClick={() => void begin(step)}>
                {t(`findings:step.${step}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconUserPlus size={14} aria-hidden />}
          onClick={() => void begin('assign')}
        >
          {t('findings:many.assign')}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconShieldPause size={14} aria-hidden />}
          onClick={() => void begin('except')}
        >
          {t('findings:many.except')}
        </Button>
      </div>
      <Tooltip label={`${t('findings:many.clear')} (Esc)`}>
        <CloseButton
          size="sm"
          className={css['close'] ?? ''}
          aria-label={t('findings:many.clear')}
          onClick={picks.clear}
        />
      </Tooltip>
      {dialog}
    </section>
  )
}

/** "3 rows chosen", "All rows of status:active", "All rows but 2 of …": never a number without its query. */
function HowMany({ picks: { picked, target } }: { picks: FindingPicks }) {
  const { t } = useWords()
  const count = picked.keys.size
  if (!picked.all) return <strong>{t('findings:many.count', { count })}</strong>
  return (
    <span className={css['many']}>
      <strong>{count === 0 ? t('findings:many.all') : t('findings:many.allBut', { count })}</strong>{' '}
      {target.query.trim() === '' ? t('findings:many.noQuery') : <Mono>{target.query}</Mono>}
    </span>
  )
}
