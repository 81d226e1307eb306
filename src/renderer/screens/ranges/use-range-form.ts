import { useState } from 'react'
import type { Range } from '#shared/domain/range.ts'
import type { Failure } from '#shared/result.ts'
import { useFailureWords } from '../../components/failure-panel.tsx'
import { useCommand } from '../../data/reads.ts'
import { now } from '../../format/clock.ts'
import { useWords } from '../../i18n/use-words.ts'
import {
  editOf,
  emptyForm,
  fieldOf,
  formOf,
  inputOf,
  problemsOf,
  type RangeField,
  type RangeForm,
} from './range-form.ts'

export interface RangeFormState {
  readonly form: RangeForm
  readonly set: (change: Partial<RangeForm>) => void
  /** The field has been left: from now on it says what is wrong with it. */
  readonly leave: (field: RangeField) => void
  /** What is wrong with a field, in words; null: nothing, or it is too early to say. */
  readonly wrong: (field: RangeField) => string | null
  /** A refusal that concerns no single field. */
  readonly refusal: Failure | null
  readonly isSaving: boolean
  readonly submit: () => Promise<Range | null>
}

/** The fields of a new range, or of one that is known. */
export function useRangeForm(range: Range | null): RangeFormState {
  const { t } = useWords()
  const words = useFailureWords()
  const [form, setForm] = useState<RangeForm>(() => (range === null ? emptyForm(now()) : formOf(range)))
  const [left, setLeft] = useState<ReadonlySet<RangeField>>(new Set())
  const [refused, setRefused] = useState<{ failure: Failure; form: RangeForm } | null>(null)
  const add = useCommand('range.add')
  const edit = useCommand('range.edit')
  const problems = problemsOf(form, range === null)
  const refusedField = refused === null ? null : fieldOf(refused.failure)

  const wrong = (field: RangeField) => {
    // a refusal stands until the field it concerns has been changed
    if (refused !== null && refusedField === field && refused.form[field] === form[field])
      return inWords(words(refused.failure))
    const problem = problems[field]
    if (problem === undefined || !left.has(field)) return null
    return problem === 'missing'
      ? t(`ranges.missing.${field}` as 'ranges.missing.block')
      : inWords(words(problem))
  }
  const submit = async () => {
    const fields = Object.keys(problems) as RangeField[]
    setLeft(new Set(Object.keys(form) as RangeField[]))
    if (fields.length > 0) return null
    const saved = await (range === null ? add.run(inputOf(form)) : edit.run(editOf(range.id, form)))
    setRefused(saved.ok ? null : { failure: saved.failure, form })
    return saved.ok ? saved.value : null
  }
  return {
    form,
    set: change => setForm(before => ({ ...before, ...change })),
    leave: field => setLeft(before => new Set([...before, field])),
    wrong,
    refusal: refused !== null && refusedField === null ? refused.failure : null,
    isSaving: add.isRunning || edit.isRunning,
    submit,
  }
}

function inWords({ error, next }: { error: string; next: string }): string {
  return `${error} ${next}`
}
