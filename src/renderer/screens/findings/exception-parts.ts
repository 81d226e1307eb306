import type { Exception } from '#shared/domain/exception.ts'

/** How the register is divided. What expires soon is in force, too. */
export const registerParts = ['pending', 'active', 'expiring', 'expired', 'lapsed', 'rejected'] as const
export type RegisterPart = (typeof registerParts)[number]

const belongs: Readonly<Record<RegisterPart, (exception: Exception) => boolean>> = {
  pending: ({ status }) => status === 'requested',
  active: ({ status }) => status === 'approved',
  expiring: ({ isExpiring }) => isExpiring,
  expired: ({ status }) => status === 'expired',
  lapsed: ({ status }) => status === 'lapsed',
  rejected: ({ status }) => status === 'rejected',
}

export function within(exceptions: readonly Exception[], part: RegisterPart): Exception[] {
  return exceptions.filter(belongs[part])
}
