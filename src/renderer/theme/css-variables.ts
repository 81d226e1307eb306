import { type Colours, colours, radius, type Scheme, sizes, space, type } from './tokens.ts'

type Variables = Record<`--${string}`, string>

/** The tokens that differ by theme, as `--p-surface`, `--p-text-muted`, `--p-danger-tint`, `--p-severity-high-mark`. */
export function colourVariables(scheme: Scheme): Variables {
  const { ground, line, text, accent, tone, severity, outcome, shadow, scrim }: Colours = colours[scheme]
  return {
    ...named('', ground),
    ...named('line-', line),
    ...named('text-', text),
    ...named('accent-', accent),
    ...nested('', tone),
    ...nested('severity-', severity),
    ...named('outcome-', outcome),
    '--p-shadow': shadow,
    '--p-scrim': scrim,
  }
}

/** The tokens that are the same in both themes. */
export function constantVariables(): Variables {
  return {
    ...named('space-', space),
    ...named('font-', type),
    ...named('radius-', radius),
    ...named('size-', sizes),
  }
}

function named(prefix: string, values: Readonly<Record<string, string>>): Variables {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`--p-${prefix}${kebab(name)}`, value]),
  )
}

function nested(
  prefix: string,
  groups: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Variables {
  return Object.assign(
    {},
    ...Object.entries(groups).map(([name, values]) => named(`${prefix}${kebab(name)}-`, values)),
  )
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}
