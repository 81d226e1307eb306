import { Button } from '@mantine/core'
import { IconFilterOff, IconPlayerPlay, IconServerOff } from '@tabler/icons-react'
import { BeginWithRange } from '../../actions/simulation.tsx'
import { EmptyPanel } from '../../components/state-panel.tsx'
import { useParts, useScanActivity } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { inventory, scans } from '../../state/route.ts'

/** Why the list is empty, and what to do about it. */
export function InventoryEmpty({ text }: { text: string }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const { progress } = useScanActivity()
  const rangeCount = useRead('workspace.show', {}).data?.rangeCount ?? 0
  if (text !== '')
    return (
      <EmptyPanel
        icon={IconFilterOff}
        title={t('inventory.noMatch', { text })}
        text={t('inventory.noMatchText')}
      >
        <Button variant="default" onClick={() => navigation.replace(inventory)}>
          {t('inventory.clear')}
        </Button>
      </EmptyPanel>
    )
  if (rangeCount === 0)
    return (
      <EmptyPanel icon={IconServerOff} title={t('inventory.nothing')} text={t('inventory.nothingText')}>
        <BeginWithRange />
      </EmptyPanel>
    )
  return (
    <EmptyPanel
      icon={IconServerOff}
      title={progress === null ? t('inventory.notScanned') : t('inventory.scanning')}
      text={progress === null ? t('inventory.notScannedText') : t('inventory.scanningText')}
    >
      <Button
        leftSection={<IconPlayerPlay size={15} aria-hidden />}
        onClick={() => navigation.go(progress === null ? { ...scans, scan: 'new' } : scans)}
      >
        {progress === null ? t('scans.start') : t('inventory.showScan')}
      </Button>
    </EmptyPanel>
  )
}
