import { useEffect, useState } from 'react'
import type { FindingId, ScanId } from '#shared/ids.ts'
import { sayDone, useSayFailed } from '../../actions/say.ts'
import { useParts } from '../../data/parts.tsx'
import { useCommand } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'

export interface Verify {
  start(id: number): Promise<void>
  /** The finding whose instance is being looked at now. */
  readonly running: number | null
  /** The last look that ended, and of which finding. */
  readonly done: { readonly finding: number; readonly scan: ScanId } | null
}

/** Looks again now: a scan of the ways into the instance, and nothing else. */
export function useVerify(): Verify {
  const { t } = useWords()
  const { client } = useParts()
  const command = useCommand('finding.verify')
  const sayFailed = useSayFailed()
  const [asked, setAsked] = useState<Verify['done']>(null)
  const [done, setDone] = useState<Verify['done']>(null)
  useEffect(
    () =>
      client.on('scan.ended', report => {
        if (asked === null || report.scan.id !== asked.scan) return
        setDone(asked)
        setAsked(null)
        sayDone(t('findings:verify.done'))
      }),
    [client, asked, t],
  )
  const start = async (id: number) => {
    const started = await command.run({ id: id as FindingId })
    if (!started.ok) return sayFailed(started.failure)
    setAsked({ finding: id, scan: started.value.id })
    sayDone(t('findings:verify.started'))
  }
  return { start, running: asked?.finding ?? null, done }
}
