import type { AllowedRequest } from '#shared/domain/allow-list.ts'
import { allowList, besidesQuestions } from '../scanner/allow-list.ts'

/** Everything Paddock may ever send to a target. */
export function showAllowList(): AllowedRequest[] {
  return [...allowList, ...besidesQuestions]
}
