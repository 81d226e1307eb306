import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconShieldPause, IconUserPlus } from '@tabler/icons-react'
import { findingSteps } from '#shared/domain/finding.ts'
import { SelectionBar, type SelectionBarProps } from '../../components/selection-bar.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
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
    <section className={css['frame']} aria-label={t('findings:many.label')}>
      <SelectionBar
        {...howMany(picks, t)}
        chooseAll={
          picks.picked.all ? null : { label: t('findings:many.chooseAll'), onClick: picks.chooseAll }
        }
        clear={{ label: t('findings:many.clear'), onClick: picks.clear }}
      >
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
      </SelectionBar>
      {dialog}
    </section>
  )
}

/** "3 rows chosen", "All rows of status:active", "All rows but 2 of …". */
function howMany({ picked, target }: FindingPicks, t: Words): Pick<SelectionBarProps, 'count' | 'by'> {
  const count = picked.keys.size
  if (!picked.all) return { count: t('findings:many.count', { count }), by: null }
  return {
    count: count === 0 ? t('findings:many.all') : t('findings:many.allBut', { count }),
    by: { query: target.query, none: t('findings:many.noQuery') },
  }
}
