import * as z from 'zod'

/** Most open first. */
export const accessOrder = ['open', 'auth-required', 'forbidden', 'unknown'] as const
export const Access = z.enum(accessOrder)
export type Access = z.infer<typeof Access>

export const Cors = z.enum(['any', 'restricted', 'unknown'])
export type Cors = z.infer<typeof Cors>

/** Whether an instance was there when last looked at, each state with its own clock. */
export const Presence = z.enum(['present', 'not-listening', 'gone', 'unreachable', 'not-covered'])
export type Presence = z.infer<typeof Presence>

export const severities = ['critical', 'high', 'medium', 'low', 'none'] as const
export const Severity = z.enum(severities)
export type Severity = z.infer<typeof Severity>

/** The most open of several: one open door is an open house. */
export function mostOpen(all: readonly Access[]): Access {
  return accessOrder.find(access => all.includes(access)) ?? 'unknown'
}
