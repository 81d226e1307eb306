import { useState } from 'react'
import { mostExceptions } from '#shared/domain/exception.ts'
import type { FindingSelection } from '#shared/domain/finding-list.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { useParts } from '../../data/parts.tsx'
import { useCommand } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { exceptions } from '../../state/findings-route.ts'
import { isToDo } from './finding-columns.tsx'
import { RequestForm } from './request-exception.tsx'

export interface RequestManyProps {
  readonly selection: FindingSelection
  readonly onDone: () => void
  readonly onClose: () => void
}

/** The same terms for many findings; each exception is decided on its own. */
export function RequestMany({ selection, onDone, onClose }: RequestManyProps) {
  const { t } = useWords()
  const { navigation } = useParts()
  const command = useCommand('exception.request-all')
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const able = selection.findings.filter(isToDo)
  const isTooMany = able.length > mostExceptions
  const note = isTooMany
    ? t('findings:many.exceptMost', { count: able.length, most: mostExceptions })
    : able.length === 0
      ? t('findings:many.exceptNone')
      : t('findings:many.exceptNote', { count: able.length })
  return (
    <RequestForm
      note={note}
      canSend={able.length > 0 && !isTooMany}
      refusal={refusal}
      isRunning={command.isRunning}
      onClose={onClose}
      onSend={async terms => {
        const asked = await command.run({
          findings: able.map(({ id }) => id),
          seenAt: selection.at,
          ...terms,
        })
        if (!asked.ok) return setRefusal(asked.failure)
        sayDone(t('findings:many.asked', asked.value))
        onDone()
        navigation.go({ ...exceptions, show: 'pending' })
      }}
    />
  )
}
