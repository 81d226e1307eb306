import { describe, expect, it } from 'vitest'
import { severities } from '#shared/domain/exposure.ts'
import { strongStep } from '../../../src/renderer/components/heat-chart.tsx'
import { colourVariables, constantVariables } from '../../../src/renderer/theme/css-variables.ts'
import { schemeOf } from '../../../src/renderer/theme/scheme.ts'
import { colours, grounds, ramps, tones } from '../../../src/renderer/theme/tokens.ts'
import { contrast, distance, seenAs, visions } from '../../support/colour.ts'
import { sourceFiles } from '../../support/source-files.ts'

describe.each(['light', 'dark'] as const)('the %s theme', scheme => {
  const { ground, text, tone, severity, accent, line } = colours[scheme]

  /** Every pair of a text and what it stands on that can occur, with what it is called. */
  function texts(): [name: string, text: string, ground: string][] {
    const onGround = Object.entries({
      ...text,
      ...Object.fromEntries(tones.map(each => [`tone ${each}`, tone[each].text])),
      ...Object.fromEntries(severities.map(each => [`severity ${each}`, severity[each].text])),
      accent: accent.text,
    })
    return [
      ...onGround.flatMap(([name, colour]) =>
        grounds.map((on): [string, string, string] => [`${name} on ${on}`, colour, ground[on]]),
      ),
      ...tones.flatMap(each =>
        Object.entries({ ...text, itself: tone[each].text }).map(
          ([name, colour]): [string, string, string] => [
            `${name} on the tint of ${each}`,
            colour,
            tone[each].tint,
          ],
        ),
      ),
      ['on an accent', accent.onFill, accent.fill],
      ['on a hovered accent', accent.onFill, accent.fillHover],
    ]
  }

  it('has a ramp whose steps everybody can tell apart in order, with readable numbers on them', () => {
    const steps = ramps[scheme]
    for (const vision of visions) {
      const away = steps.map(step => Math.abs(seenAs(step, vision)[0] - seenAs(ground.surface, vision)[0]))
      expect(away, vision).toEqual(away.toSorted((a, b) => a - b))
      for (const [index, step] of steps.slice(1).entries())
        expect(distance(seenAs(step, vision), seenAs(steps[index] ?? '', vision))).toBeGreaterThan(8)
    }
    for (const [index, step] of steps.entries()) {
      expect(contrast(index >= strongStep ? ground.surface : text.main, step), step).toBeGreaterThanOrEqual(
        4.5,
      )
    }
  })

  it('has 4.5:1 for every text on everything it can stand on', () => {
    const pairs = texts()
    expect(pairs.length).toBeGreaterThan(100)
    const weak = pairs.filter(([, colour, on]) => contrast(colour, on) < 4.5)
    expect(weak.map(([name, ...both]) => `${name}: ${contrast(...both).toFixed(2)}`)).toEqual([])
  })

  it('has 3:1 for the edges of fields and for the shape of every severity but "none"', () => {
    const shapes = severities.filter(each => each !== 'none').map(each => severity[each].mark)
    for (const colour of [line.strong, ...shapes])
      expect(contrast(colour, ground.surface), colour).toBeGreaterThanOrEqual(3)
  })

  it('makes what is more severe stand out more', () => {
    for (const on of grounds) {
      const strengths = severities.map(each => contrast(severity[each].mark, ground[on]))
      expect(strengths).toEqual([...strengths].sort((a, b) => b - a))
    }
  })

  // A difference of 5 in CIEDE2000 is plain to see between two marks that do not touch.
  it.each(visions)('keeps all severities apart: %s', vision => {
    const marks = severities.map(each => ({ each, seen: seenAs(severity[each].mark, vision) }))
    const near = marks.flatMap((a, at) =>
      marks
        .slice(at + 1)
        .map(b => ({ pair: `${a.each} and ${b.each}`, distance: distance(a.seen, b.seen) }))
        .filter(found => found.distance < (vision === 'greyscale' ? 5 : 8)),
    )
    expect(near).toEqual([])
  })

  it('is one lightness scale in greyscale, with a step of at least 5 each', () => {
    const lightness = severities.map(each => seenAs(severity[each].mark, 'greyscale')[0])
    const away = lightness.map(each => Math.abs(each - seenAs(ground.surface, 'greyscale')[0]))
    for (const [at, each] of away.entries()) {
      if (at > 0) expect((away[at - 1] ?? 0) - each, severities[at]).toBeGreaterThanOrEqual(5)
    }
  })
})

describe('the variables of the page', () => {
  it('are the same in both themes, and none is a constant as well', () => {
    const light = Object.keys(colourVariables('light'))
    expect(Object.keys(colourVariables('dark'))).toEqual(light)
    const constant = Object.keys(constantVariables())
    expect(light.filter(name => constant.includes(name))).toEqual([])
    expect(light).toEqual(
      expect.arrayContaining(['--p-surface', '--p-text-muted', '--p-danger-tint', '--p-severity-high-mark']),
    )
    expect(light).toContain('--p-outcome-not-reached')
  })

  it('all have a value', () => {
    for (const variables of [colourVariables('light'), colourVariables('dark'), constantVariables()])
      for (const value of Object.values(variables)) expect(value).toMatch(/\S/)
  })
})

describe('the page', () => {
  const sources = sourceFiles('src/renderer', /\.(css|tsx?)$/)

  it('uses no variable that nobody sets', () => {
    const set = new Set([
      ...Object.keys({ ...colourVariables('light'), ...constantVariables() }),
      ...sources.flatMap(({ text }) => text.match(/--p-[a-z0-9-]+(?=['"]?\]?:)/g) ?? []),
    ])
    const isSet = (name: string) =>
      name.endsWith('-') ? [...set].some(each => each.startsWith(name)) : set.has(name)
    const used = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/var\((--p-[a-z0-9-]+)/g)].map(([, name = '']) => ({ path, name })),
    )
    expect(used.length).toBeGreaterThan(200)
    expect(used.filter(({ name }) => !isSet(name))).toEqual([])
  })

  it('has no colour but the tokens', () => {
    const tokens = JSON.stringify([colours, ramps])
    const own = sources.flatMap(({ path, text }) =>
      (text.match(/#[0-9a-f]{3,8}\b|\brgba?\([^)]*\)|\bhsla?\(/gi) ?? [])
        .filter(colour => !tokens.includes(colour))
        .map(colour => `${path}: ${colour}`),
    )
    expect(own).toEqual([])
  })
})

it('follows the system where a person wants that', () => {
  expect([schemeOf('system', true), schemeOf('system', false)]).toEqual(['dark', 'light'])
  expect([schemeOf('light', true), schemeOf('dark', false)]).toEqual(['light', 'dark'])
})
