import type { AllowedRequest } from '#shared/domain/allow-list.ts'
import { allowList, handshakes } from '../scanner/allow-list.ts'

/** Everything Paddock may ever send to a target. */
export function showAllowList(): AllowedRequest[] {
  return [...allowList, ...handshakes]
}
