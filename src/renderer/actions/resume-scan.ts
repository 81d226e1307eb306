import { useState } from 'react'
import type { ScanId } from '#shared/ids.ts'
import type { Failure } from '#shared/result.ts'
import { useCommand } from '../data/reads.ts'

export interface ResumeScan {
  /** Resolves to whether the scan goes on. */
  readonly run: (id: ScanId, confirmVantage?: boolean) => Promise<boolean>
  readonly isResuming: boolean
  /** Why it did not. */
  readonly refusal: Failure | null
}

/** Lets a paused scan go on, or takes up one that was stopped; what was visited is not visited again. */
export function useResumeScan(): ResumeScan {
  const command = useCommand('scan.resume')
  const [refusal, setRefusal] = useState<Failure | null>(null)
  return {
    isResuming: command.isRunning,
    refusal,
    run: async (id, confirmVantage = false) => {
      const resumed = await command.run({ id, ...(confirmVantage && { confirmVantage }) })
      setRefusal(resumed.ok ? null : resumed.failure)
      return resumed.ok && resumed.value.phase !== 'held'
    },
  }
}
