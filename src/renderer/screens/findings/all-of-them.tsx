import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconListCheck, IconShieldPause, IconUserPlus } from '@tabler/icons-react'
import { findingSteps } from '#shared/domain/finding.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useActOnMany } from './act-on-many.tsx'

/** The same for every finding of the list, once it is said for how many. */
export function AllOfThem({ query, count, onDone }: { query: string; count: number; onDone: () => void }) {
  const { t } = useWords()
  const { begin, dialog } = useActOnMany({ query }, onDone)
  return (
    <>
      <Menu position="bottom-end" width={300}>
        <Menu.Target>
          <Button
            variant="default"
            disabled={count === 0}
            leftSection={<IconListCheck size={15} aria-hidden />}
            rightSection={<IconChevronDown size={13} aria-hidden />}
          >
            {t('findings:all.button', { count })}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {findingSteps.map(step => (
            <Menu.Item key={step} onClick={() => void begin(step)}>
              {t(`findings:step.${step}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconUserPlus size={14} aria-hidden />}
            onClick={() => void begin('assign')}
          >
            {t('findings:many.assign')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconShieldPause size={14} aria-hidden />}
            onClick={() => void begin('except')}
          >
            {t('findings:many.except')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog}
    </>
  )
}
