import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortColumns } from '#shared/domain/inventory.ts'
import { modelSortColumns } from '#shared/domain/model-list.ts'
import { imports } from '../../../src/renderer/state/imports-route.ts'
import { models, modelTabs } from '../../../src/renderer/state/models-route.ts'
import { risk } from '../../../src/renderer/state/risk-route.ts'
import {
  comparedParts,
  followLink,
  formatRoute,
  instanceTabs,
  inventory,
  isSamePlace,
  linkTo,
  overview,
  parseRoute,
  type Route,
  ranges,
  riskiestFirst,
  scans,
  settings,
} from '../../../src/renderer/state/route.ts'

const id = fc.integer({ min: 1, max: 999_999_999_999_999 })
const idOrNew = fc.option(fc.oneof(id, fc.constant('new' as const)))
const sort = fc.option(fc.record({ column: fc.constantFrom(...sortColumns), descending: fc.boolean() }))
const text = fc.string({ unit: 'binary', maxLength: 30 })

const anyRoute: fc.Arbitrary<Route> = fc.oneof(
  fc.record({
    screen: fc.constant('inventory' as const),
    text,
    sort,
    instance: id,
    tab: fc.constantFrom(...instanceTabs),
    view: fc.option(text),
    proposals: fc.constant(false),
  }),
  fc.record({
    screen: fc.constant('inventory' as const),
    text,
    sort,
    instance: fc.constant(null),
    tab: fc.constant('summary' as const),
    view: fc.option(text),
    proposals: fc.boolean(),
  }),
  fc.record({ screen: fc.constant('ranges' as const), range: idOrNew }),
  fc.record({
    screen: fc.constant('models' as const),
    tab: fc.constantFrom(...modelTabs),
    text,
    sort: fc.record({ column: fc.constantFrom(...modelSortColumns), descending: fc.boolean() }),
    model: fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
    ask: fc.constantFrom('approve' as const, 'revoke' as const, null),
  }),
  fc.record({
    screen: fc.constant('scans' as const),
    scan: idOrNew,
    range: fc.option(id),
    explain: fc.option(text),
    compare: fc.constant(null),
  }),
  fc.record({
    screen: fc.constant('scans' as const),
    scan: fc.constant(null),
    range: fc.constant(null),
    explain: fc.constant(null),
    compare: fc.record({ scans: fc.tuple(id, id), part: fc.option(fc.constantFrom(...comparedParts)) }),
  }),
  fc.constant(settings),
  fc.record({ screen: fc.constant('imports' as const), import: fc.option(id) }),
)

describe('an address', () => {
  it('leads to the place it was made of', () => {
    fc.assert(
      fc.property(anyRoute, route => {
        expect(parseRoute(formatRoute(route))).toEqual(route)
        expect(followLink(linkTo(route))).toEqual(route)
      }),
    )
  })

  it('survives being the hash of a page, as the browser keeps it', () => {
    fc.assert(
      fc.property(anyRoute, route => {
        const page = new URL(`app://paddock/index.html${formatRoute(route)}`)
        expect(parseRoute(page.hash)).toEqual(route)
      }),
    )
  })

  it.each([
    [inventory, '#/inventory'],
    [{ ...inventory, instance: 17 }, '#/inventory/17'],
    [{ ...inventory, instance: 17, tab: 'models' }, '#/inventory/17/models'],
    [{ ...inventory, text: 'a b&c=d' }, '#/inventory?text=a+b%26c%3Dd'],
    [{ ...inventory, sort: { column: 'lastSeenAt', descending: true } }, '#/inventory?sort=-lastSeenAt'],
    [{ ...inventory, sort: null }, '#/inventory?sort=none'],
    [ranges, '#/ranges'],
    [{ ...ranges, range: 'new' }, '#/ranges/new'],
    [{ ...scans, scan: 3 }, '#/scans/3'],
    [{ ...scans, scan: 'new', range: 4 }, '#/scans/new?range=4'],
    [models, '#/models'],
    [{ ...models, tab: 'blast-radius', text: 'family:llama' }, '#/models/blast-radius?text=family%3Allama'],
    [{ ...models, model: 'a1b2', ask: 'approve' }, '#/models?model=a1b2&ask=approve'],
    [{ ...scans, compare: { scans: [3, 7], part: null } }, '#/scans/compare/3/7'],
    [{ ...scans, compare: { scans: [3, 7], part: 'gone' } }, '#/scans/compare/3/7/gone'],
    [{ ...inventory, proposals: true }, '#/inventory/proposals'],
    [{ ...inventory, view: 'Plant 7' }, '#/inventory?view=Plant+7'],
    [settings, '#/settings'],
    [{ ...imports, import: 3 }, '#/imports/3'],
  ] as const)('%j is written %s', (route, address) => {
    expect(formatRoute(route)).toBe(address)
    expect(parseRoute(address)).toEqual(route)
  })
})

describe('an address that somebody made up', () => {
  it('is always a place that exists', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), hash => {
        const route = parseRoute(hash)
        expect(parseRoute(formatRoute(route))).toEqual(route)
      }),
    )
  })

  it.each([
    ['', overview],
    ['#', overview],
    ['#/', overview],
    ['#/nowhere/7/models', { ...inventory, tab: 'models' }],
    ['#/__proto__', inventory],
    ['#/inventory/0', inventory],
    ['#/inventory/-1', inventory],
    ['#/inventory/1e9', inventory],
    ['#/inventory/1.5', inventory],
    ['#/inventory/9999999999999999', inventory],
    ['#/inventory/17/<script>', { ...inventory, instance: 17 }],
    ['#/inventory?sort=password', inventory],
    ['#/inventory?sort=-', inventory],
    ['#/inventory?sort=risk', { ...inventory, sort: riskiestFirst }],
    ['#/inventory?text=%', { ...inventory, text: '%' }],
    ['#/inventory?text=%FF', { ...inventory, text: '\uFFFD' }],
    ['#/ranges/NEW', ranges],
    ['#/ranges/7/8/9', { ...ranges, range: 7 }],
    ['#/scans/x?range=y', scans],
    ['#/models/nowhere?sort=-password&ask=approve', models],
    ['#/scans/compare/3', scans],
    ['#/scans/compare/3/7/everything', { ...scans, compare: { scans: [3, 7], part: null } }],
    ['#/settings/secrets?all=1', settings],
    ['#/risk/everything', risk],
    ['#/risk/map/7', { ...risk, part: 'map' }],
  ])('%s is the nearest thing there is', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route)
  })

  it.each(['', 'inventory', 'http://paddock/inventory', 'paddock://', 'x paddock://ranges'])(
    'and no link: %s',
    text => {
      expect(followLink(text)).toBeNull()
    },
  )

  it('is followed with space around it, as it was copied', () => {
    expect(followLink('  paddock://ranges/new\n')).toEqual({ ...ranges, range: 'new' })
  })
})

it('tells places apart by everything that is on show', () => {
  expect(isSamePlace(inventory, { ...inventory, sort: riskiestFirst })).toBe(true)
  expect(isSamePlace(inventory, { ...inventory, text: 'x' })).toBe(false)
  expect(isSamePlace(ranges, scans)).toBe(false)
})
