import { Tooltip } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconKeyboard, IconSearch } from '@tabler/icons-react'
import { commandKey, KeyCap } from '../components/key-cap.tsx'
import { useRead } from '../data/reads.ts'
import { useWords } from '../i18n/use-words.ts'
import { ActorMenu } from './actor-menu.tsx'
import { EvaluationPill } from './evaluation-pill.tsx'
import { ScanPill } from './scan-pill.tsx'
import css from './top-bar.module.css'

/** Whose data this is, the way to everything, what is being scanned, who is at the keyboard. */
export function TopBar({ onKeys }: { onKeys: () => void }) {
  const { t } = useWords()
  const settings = useRead('settings.show', {})
  const organisation = settings.data?.organisation
  return (
    <header className={css['bar']}>
      <span className={css['organisation']}>{organisation || t('product')}</span>
      <button type="button" className={css['search']} onClick={() => spotlight.open()}>
        <IconSearch size={15} aria-hidden />
        <span className={css['searchWord']}>{t('frame.search')}</span>
        <span className={css['caps']}>
          <KeyCap>{commandKey}</KeyCap>
          <KeyCap>K</KeyCap>
        </span>
      </button>
      <div className={css['end']}>
        <EvaluationPill />
        <ScanPill />
        <Tooltip label={`${t('keys.title')} (?)`}>
          <button type="button" className={css['icon']} aria-label={t('keys.title')} onClick={onKeys}>
            <IconKeyboard size={17} stroke={1.7} aria-hidden />
          </button>
        </Tooltip>
        <ActorMenu />
      </div>
    </header>
  )
}
