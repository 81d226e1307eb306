import type { Severity } from '#shared/domain/exposure.ts'
import type { ControlState } from '#shared/domain/framework.ts'

/** The console's light theme on paper; a test compares them with its tokens. */
export const ink = {
  main: '#171a20',
  muted: '#4c5462',
  faint: '#5d6573',
  line: '#dfe3e8',
  sunken: '#eef0f3',
} as const

export const severityColours: Readonly<Record<Severity, { readonly mark: string; readonly text: string }>> = {
  critical: { mark: '#850714', text: '#850714' },
  high: { mark: '#ad3c00', text: '#9a3400' },
  medium: { mark: '#a8751a', text: '#7a5200' },
  low: { mark: '#578eea', text: '#1f55b8' },
  none: { mark: '#9ca2aa', text: '#5d6573' },
}

export const stateColours: Readonly<Record<ControlState, { readonly mark: string; readonly text: string }>> =
  {
    met: { mark: '#19663f', text: '#19663f' },
    partly: { mark: '#a8751a', text: '#7a5200' },
    'not-met': { mark: '#850714', text: '#850714' },
    'not-assessable': { mark: '#9ca2aa', text: '#5d6573' },
  }

export const calloutColours = {
  info: { text: '#1f4fb5', tint: '#e9f0fd' },
  attention: { text: '#8a4600', tint: '#fdf2e2' },
  ok: { text: '#19663f', tint: '#e7f5ec' },
} as const
