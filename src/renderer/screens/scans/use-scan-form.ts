import { useState } from 'react'
import type { Range } from '#shared/domain/range.ts'
import type { ScanStarted } from '#shared/domain/scan.ts'
import type { Failure } from '#shared/result.ts'
import { useCommand } from '../../data/reads.ts'
import { emptyScanForm, requestOf, type ScanField, type ScanForm, scanProblems } from './scan-form.ts'

export interface ScanFormState {
  readonly form: ScanForm
  readonly set: (change: Partial<ScanForm>) => void
  /** Whether a field says that it is wrong: not before somebody tried to start. */
  readonly isWrong: (field: ScanField) => boolean
  readonly refusal: Failure | null
  readonly isStarting: boolean
  /** null: it was refused, or something is wrong. */
  readonly submit: (register: readonly Range[]) => Promise<ScanStarted | null>
}

/** The fields of a new scan. */
export function useScanForm(range: number | null, explained: string | null): ScanFormState {
  const [form, setForm] = useState<ScanForm>(() => emptyScanForm(range, explained))
  const [hasTried, setTried] = useState(false)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const command = useCommand('scan.start')
  const problems = scanProblems(form)
  return {
    form,
    set: change => {
      // a statement answers the refusal; anything else makes it another question
      if (!('confirmVantage' in change)) setRefusal(null)
      setForm(before => ({ ...before, ...change }))
    },
    isWrong: field => hasTried && problems.has(field),
    refusal,
    isStarting: command.isRunning,
    submit: async register => {
      setTried(true)
      if (problems.size > 0) return null
      const started = await command.run(requestOf(form, register))
      setRefusal(started.ok ? null : started.failure)
      return started.ok ? started.value : null
    },
  }
}
