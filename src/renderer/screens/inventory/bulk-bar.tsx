import { Button, Menu } from '@mantine/core'
import { IconDownload, IconFlag } from '@tabler/icons-react'
import { dispositions } from '#shared/domain/identity.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { SelectionBar, type SelectionBarProps } from '../../components/selection-bar.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useLanguage } from '../../components/use-language.ts'
import type { Language } from '../../format/language.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import css from './bulk-bar.module.css'
import { AssignPopover, NotePopover, TagPopover } from './bulk-popovers.tsx'
import { useBulk } from './use-bulk.ts'
import type { Inventory } from './use-inventory.ts'
import type { InventoryPicks } from './use-picks.ts'

/** What can be done with the chosen rows: how many they are, and by which query. */
export function BulkBar({ picks, rows }: { picks: InventoryPicks; rows: Inventory }) {
  const { t } = useWords()
  const language = useLanguage()
  const bulk = useBulk(picks, rows)
  const onEscape = () => (picks.count > 0 ? picks.clear() : false)
  useKeys({ ['Escape']: onEscape }, { isFirst: true })
  const failure = bulk.failure ?? picks.failure
  return (
    <section className={css['frame']} aria-label={t('inventory.bulk.label')}>
      <SelectionBar
        {...howMany(picks, t, language)}
        chooseAll={
          picks.picked.all || rows.total === null || picks.count >= rows.total
            ? null
            : {
                label: t('inventory.bulk.chooseAll', { count: rows.total }),
                onClick: () => void picks.chooseAll(),
              }
        }
        clear={{ label: t('inventory.bulk.clear'), onClick: picks.clear }}
      >
        <TagPopover bulk={bulk} isAdded />
        <TagPopover bulk={bulk} isAdded={false} />
        <NotePopover bulk={bulk} count={picks.count} />
        <DispositionMenu dispose={bulk.dispose} isRunning={bulk.isRunning} />
        <AssignPopover bulk={bulk} count={picks.count} />
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => void bulk.exportRows()}
        >
          {t('inventory.bulk.export')}
        </Button>
      </SelectionBar>
      {failure === null ? null : (
        <FailurePanel failure={failure}>
          {failure.code === 'selection-changed' ? (
            <Button
              size="xs"
              variant="default"
              className={css['again'] ?? ''}
              onClick={() => {
                bulk.dismiss()
                rows.showNews()
                void picks.chooseAll()
              }}
            >
              {t('inventory.bulk.chooseAgain')}
            </Button>
          ) : null}
        </FailurePanel>
      )}
    </section>
  )
}

/** "3 chosen", "All 412 that match access:open", "410 of those that match …". */
function howMany(
  { picked, selection, count }: InventoryPicks,
  t: Words,
  language: Language,
): Pick<SelectionBarProps, 'count' | 'by'> {
  const number = formatNumber(count, language)
  if (!picked.all || selection === null)
    return { count: t('inventory.bulk.count', { count, number }), by: null }
  const isWhole = picked.keys.size === 0
  return {
    count: t(isWhole ? 'inventory.bulk.all' : 'inventory.bulk.allBut', { number, left: picked.keys.size }),
    by: { query: selection.query, none: t('inventory.bulk.noQuery') },
  }
}

interface DispositionMenuProps {
  readonly dispose: ReturnType<typeof useBulk>['dispose']
  readonly isRunning: boolean
}

function DispositionMenu({ dispose, isRunning }: DispositionMenuProps) {
  const { t } = useWords()
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="default"
          disabled={isRunning}
          leftSection={<IconFlag size={14} aria-hidden />}
        >
          {t('identity:said.disposition')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {dispositions.map(each => (
          <Menu.Item key={each} onClick={() => void dispose(each)}>
            {t(`identity:whose.${each}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void dispose(null)}>{t('identity:whose.none')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
