import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { KeySheet } from '../components/key-sheet.tsx'
import { useWords } from '../i18n/use-words.ts'
import { BackendBanner } from './backend-banner.tsx'
import css from './frame.module.css'
import { Palette } from './palette.tsx'
import { Rail } from './rail.tsx'
import { TopBar } from './top-bar.tsx'
import { useGlobalKeys } from './use-global-keys.ts'

/** What stands around every screen. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useWords()
  const [isSheetOpen, sheet] = useDisclosure(false)
  useGlobalKeys(sheet.open)
  return (
    <div className={css['frame']}>
      <button type="button" className={css['skip']} onClick={skip}>
        {t('frame.skip')}
      </button>
      <Rail />
      <div className={css['column']}>
        <TopBar onKeys={sheet.open} />
        <BackendBanner />
        <main id="main" tabIndex={-1} className={css['main']}>
          {children}
        </main>
      </div>
      <Palette onKeys={sheet.open} />
      <KeySheet isOpen={isSheetOpen} onClose={sheet.close} />
    </div>
  )
}

/** No link: the part of the address behind the `#` says which screen is on show. */
function skip(): void {
  document.getElementById('main')?.focus()
}
