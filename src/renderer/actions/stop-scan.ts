import { useCommand } from '../data/reads.ts'
import { useWords } from '../i18n/use-words.ts'
import { sayDone, useSayFailed } from './say.ts'

/** Breaks off the running scan: what it has seen stays. */
export function useStopScan() {
  const { t } = useWords()
  const command = useCommand('scan.stop')
  const sayFailed = useSayFailed()
  return {
    isStopping: command.isRunning,
    run: async () => {
      const stopped = await command.run({})
      if (stopped.ok) sayDone(t('scans.stoppedNow', { id: stopped.value.scan.id }))
      else sayFailed(stopped.failure)
    },
  }
}
