import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortColumns } from '#shared/domain/inventory.ts'
import {
  followLink,
  formatRoute,
  imports,
  instanceTabs,
  inventory,
  isSamePlace,
  linkTo,
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
  }),
  fc.record({
    screen: fc.constant('inventory' as const),
    text,
    sort,
    instance: fc.constant(null),
    tab: fc.constant('summary' as const),
  }),
  fc.record({ screen: fc.constant('ranges' as const), range: idOrNew }),
  fc.record({
    screen: fc.constant('scans' as const),
    scan: idOrNew,
    range: fc.option(id),
    explain: fc.option(text),
  }),
  fc.constant(settings),
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
    ['', inventory],
    ['#', inventory],
    ['#/', inventory],
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
    ['#/settings/secrets?all=1', settings],
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
