import { fail } from '#shared/result.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { useWords } from '../../i18n/use-words.ts'
import css from './scans.module.css'

/** This machine looks from elsewhere than the scan was planned from: what that means, and how it goes on. */
export function HeldScan() {
  const { t } = useWords()
  return (
    <FailurePanel failure={fail('vantage-changed').failure}>
      <p className={css['heldText']}>{t('scans.heldText')}</p>
    </FailurePanel>
  )
}
