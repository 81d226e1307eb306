import { describe, expect, it } from 'vitest'
import { audit } from '../../../src/renderer/state/audit-route.ts'
import { formatRoute, parseRoute, type Route } from '../../../src/renderer/state/route.ts'
import { triage } from '../../../src/renderer/state/triage-route.ts'

describe('the addresses of triage and audit', () => {
  const routes: Route[] = [
    triage,
    { ...triage, states: [] },
    { ...triage, tab: 'board', states: ['unowned', 'acknowledged'], query: 'site:"Plant 7" risk:critical' },
    { ...triage, only: 'escalated', sort: 'confidence', owner: 17 },
    { ...triage, tab: 'owners', owner: 'new' },
    { ...triage, tab: 'inherited' },
    audit,
    {
      ...audit,
      entry: 12,
      text: 'a & b',
      actor: 'Ada',
      command: 'owner.assign',
      outcome: 'refused',
      span: 'week',
    },
    { ...audit, subject: 'instance 4' },
  ]
  it.each(routes)('lead back to the same place: %j', route => {
    expect(parseRoute(formatRoute(route))).toEqual(route)
  })

  it('are never refused: what is not understood is the nearest thing there is', () => {
    expect(parseRoute('#/triage/nowhere?state=lost&only=all&owner=x&sort=colour')).toEqual({
      ...triage,
      states: [],
    })
    expect(parseRoute('#/audit/x?outcome=maybe&span=eternity')).toEqual(audit)
  })
})
