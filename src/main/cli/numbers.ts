import { type FailureCode, fail, type Result, succeed } from '#shared/result.ts'

/** Whole numbers as they were typed; anything else is refused by the given failure, which shows it. */
export function readNumbers(texts: readonly string[], code: FailureCode, field: string): Result<number[]> {
  const wrong = texts.find(text => !/^\d{1,9}$/.test(text))
  return wrong === undefined ? succeed(texts.map(Number)) : fail(code, { [field]: wrong })
}
