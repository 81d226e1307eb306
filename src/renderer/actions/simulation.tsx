import { Button } from '@mantine/core'
import { IconFlask, IconPlus } from '@tabler/icons-react'
import { useParts } from '../data/parts.tsx'
import { useCommand } from '../data/reads.ts'
import { useWords } from '../i18n/use-words.ts'
import { ranges, scans } from '../state/route.ts'
import { useSayFailed } from './say.ts'

/** Starts the simulated organisation and leads to the scan of it. */
export function useStartSimulation() {
  const { navigation } = useParts()
  const command = useCommand('simulation.start')
  const sayFailed = useSayFailed()
  return {
    isStarting: command.isRunning,
    start: async () => {
      const started = await command.run({})
      if (started.ok) navigation.go({ ...scans, scan: 'new' })
      else sayFailed(started.failure)
    },
  }
}

/** Offers a first look without touching anybody's network. */
export function TrySimulation() {
  const { t } = useWords()
  const { start, isStarting } = useStartSimulation()
  return (
    <Button
      variant="default"
      loading={isStarting}
      leftSection={<IconFlask size={15} aria-hidden />}
      onClick={() => void start()}
    >
      {t('simulation.try')}
    </Button>
  )
}

/** The ways to begin where nothing may be scanned yet: a range of one's own, or a first look. */
export function BeginWithRange() {
  const { t } = useWords()
  const { navigation } = useParts()
  return (
    <>
      <Button
        leftSection={<IconPlus size={15} aria-hidden />}
        onClick={() => navigation.go({ ...ranges, range: 'new' })}
      >
        {t('ranges.add')}
      </Button>
      <TrySimulation />
    </>
  )
}
