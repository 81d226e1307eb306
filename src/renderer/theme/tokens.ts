import type { Severity } from '#shared/domain/exposure.ts'
import type { TargetOutcome } from '#shared/domain/probe.ts'

/**
 * The one design language: every colour, size and distance of the console comes from here, as CSS variables `--p-…`.
 * Colour is for meaning only. The stronger something stands out from the ground, in either theme, the more it matters:
 * that order also survives every kind of colour blindness and a black-and-white printer (test/unit/renderer/tokens).
 */
export type Scheme = 'light' | 'dark'

/** What a state means for the person who reads it. */
export const tones = ['danger', 'attention', 'ok', 'info', 'neutral', 'muted'] as const
export type Tone = (typeof tones)[number]

/** Grounds that text stands on. */
export const grounds = ['app', 'surface', 'raised', 'sunken', 'hover', 'selected'] as const
export type Ground = (typeof grounds)[number]

export interface Colours {
  readonly ground: Readonly<Record<Ground, string>>
  readonly line: { readonly soft: string; readonly strong: string }
  readonly text: { readonly main: string; readonly muted: string; readonly faint: string }
  readonly accent: {
    readonly fill: string
    readonly fillHover: string
    readonly onFill: string
    readonly text: string
  }
  /** `text` on any ground and on its own `tint`. */
  readonly tone: Readonly<Record<Tone, { readonly text: string; readonly tint: string }>>
  /** `mark` for shapes: icons, bars, charts. `text` for words. */
  readonly severity: Readonly<Record<Severity, { readonly mark: string; readonly text: string }>>
  readonly outcome: Readonly<Record<TargetOutcome, string>>
  readonly shadow: string
  readonly scrim: string
}

const light: Colours = {
  ground: {
    app: '#f4f5f7',
    surface: '#ffffff',
    raised: '#ffffff',
    sunken: '#eef0f3',
    hover: '#f0f2f6',
    selected: '#e4edfb',
  },
  line: { soft: '#dfe3e8', strong: '#8b93a0' },
  text: { main: '#171a20', muted: '#4c5462', faint: '#5d6573' },
  accent: { fill: '#2456c2', fillHover: '#1c479f', onFill: '#ffffff', text: '#1f4fb5' },
  tone: {
    danger: { text: '#a30d22', tint: '#fdecec' },
    attention: { text: '#8a4600', tint: '#fdf2e2' },
    ok: { text: '#19663f', tint: '#e7f5ec' },
    info: { text: '#1f4fb5', tint: '#e9f0fd' },
    neutral: { text: '#3f4754', tint: '#eef0f3' },
    muted: { text: '#5d6573', tint: '#f4f5f7' },
  },
  severity: {
    critical: { mark: '#850714', text: '#850714' },
    high: { mark: '#ad3c00', text: '#9a3400' },
    medium: { mark: '#a8751a', text: '#7a5200' },
    low: { mark: '#578eea', text: '#1f55b8' },
    none: { mark: '#9ca2aa', text: '#5d6573' },
  },
  outcome: {
    answered: '#2456c2',
    refused: '#7e8998',
    silent: '#c3c9d2',
    unreachable: '#c98a1b',
    failed: '#850714',
    notReached: '#f0f2f6',
  },
  shadow: '0 1px 2px rgb(16 24 40 / 8%), 0 8px 24px rgb(16 24 40 / 12%)',
  scrim: 'rgb(16 20 28 / 40%)',
}

const dark: Colours = {
  ground: {
    app: '#101318',
    surface: '#161a20',
    raised: '#1d222a',
    sunken: '#0d1014',
    hover: '#1e242c',
    selected: '#1c2c49',
  },
  line: { soft: '#2a303a', strong: '#6b7482' },
  text: { main: '#e6e9ee', muted: '#adb5c1', faint: '#949daa' },
  accent: { fill: '#7fa9f8', fillHover: '#9cbdfa', onFill: '#0c1526', text: '#8fb4fa' },
  tone: {
    danger: { text: '#ff9a95', tint: '#3a1a1d' },
    attention: { text: '#f0b060', tint: '#33260f' },
    ok: { text: '#72cf9b', tint: '#13291d' },
    info: { text: '#8fb4fa', tint: '#182742' },
    neutral: { text: '#c3cad4', tint: '#222831' },
    muted: { text: '#949daa', tint: '#1a1f26' },
  },
  severity: {
    critical: { mark: '#ff908c', text: '#ffa5a0' },
    high: { mark: '#d67a3e', text: '#ee9c66' },
    medium: { mark: '#977100', text: '#d2a838' },
    low: { mark: '#2069c2', text: '#82b1f6' },
    none: { mark: '#565c63', text: '#9aa2ae' },
  },
  outcome: {
    answered: '#7fa9f8',
    refused: '#7b8594',
    silent: '#434b57',
    unreachable: '#cb932f',
    failed: '#ff908c',
    notReached: '#1e242c',
  },
  shadow: '0 1px 2px rgb(0 0 0 / 50%), 0 10px 32px rgb(0 0 0 / 55%)',
  scrim: 'rgb(4 6 10 / 60%)',
}

export const colours: Readonly<Record<Scheme, Colours>> = { light, dark }

/** How many, from few to many: one hue, further from the ground with each step (test/unit/renderer/tokens). */
export const ramps: Readonly<Record<Scheme, readonly string[]>> = {
  light: ['#dbe7fb', '#a9c4f5', '#6f9aec', '#3a6bd4', '#1c3f8f'],
  dark: ['#1b2c4a', '#274a80', '#3562ab', '#6a9af0', '#b9d1fd'],
}

/** Distances in steps of 4 px. */
export const space = { 1: '4px', 2: '8px', 3: '12px', 4: '16px', 5: '20px', 6: '24px', 8: '32px' } as const

export const type = {
  ui: "'Inter Variable', system-ui, sans-serif",
  mono: "'JetBrains Mono Variable', ui-monospace, monospace",
  /** Labels, hints, table heads. */
  small: '12px',
  /** Everything that is read or worked with. */
  body: '13px',
  large: '15px',
  title: '20px',
} as const

export const radius = { small: '4px', medium: '6px', large: '10px' } as const
export const sizes = { control: '32px', controlSmall: '28px', bar: '44px' } as const

/** Row heights of grids and tables, by density. */
export const rowHeights = { compact: 32, comfortable: 40 } as const
export type Density = keyof typeof rowHeights
