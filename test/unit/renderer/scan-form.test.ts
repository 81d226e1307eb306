import { describe, expect, it } from 'vitest'
import {
  emptyScanForm,
  extentOf,
  requestOf,
  scanProblems,
  visitedRanges,
} from '../../../src/renderer/screens/scans/scan-form.ts'
import { must, startBackend } from '../../support/backend.ts'

async function register() {
  const backend = await startBackend()
  for (const block of ['10.20.0.0/24', '10.30.0.0/24']) {
    await must(backend.call('range.add', { block, site: 'Plant', authorisedBy: 'Ada', reference: 'T-1' }))
  }
  return must(backend.call('range.list', {}))
}

describe('a new scan of one address', () => {
  it('asks for that address alone, explained', async () => {
    const ranges = await register()
    const form = emptyScanForm(null, ' 10.20.0.7 ')
    expect(scanProblems(form)).toEqual(new Set())
    expect(requestOf(form, ranges)).toMatchObject({ ranges: ['10.20.0.7'], explain: true })
    const visited = visitedRanges(form, ranges)
    expect(visited.map(({ block }) => block)).toEqual(['10.20.0.0/24'])
    expect(extentOf(visited, form)).toEqual({ addresses: 1, targets: 1 })
  })

  it.each(['', 'gpu-box.local', '10.20.0.0/24', '10.20.0.256'])('wants an address: %j', text => {
    expect(scanProblems(emptyScanForm(null, text))).toEqual(new Set(['explained']))
  })

  it('explains nothing where ranges are meant', async () => {
    const ranges = await register()
    const all = requestOf(emptyScanForm(null, null), ranges)
    expect(['ranges' in all, 'explain' in all]).toEqual([false, false])
    const one = requestOf(emptyScanForm(ranges[0]?.id ?? 0, null), ranges)
    expect([one.ranges, one.explain]).toEqual([['10.20.0.0/24'], undefined])
  })
})
