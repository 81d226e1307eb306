import type { ScanRequest, ScanStarted } from '#shared/domain/scan.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { findingById } from '../store/findings.ts'
import type { Transaction } from './context.ts'
import { endpointFacts } from './instance-summary.ts'
import { startScan } from './scans.ts'
import type { Command } from './workspace.ts'

interface Verify {
  readonly id: number
  readonly confirmVantage?: boolean | undefined
}

type Gathered = Parameters<typeof startScan.run>[2]

/** Looks again now: scans the ways into the instance of a finding, and nothing else. */
export const verifyFinding: Command<Verify, ScanStarted, ScanStarted, Gathered> = {
  gather: async workspace => {
    if (startScan.gather === undefined) throw new Error('a scan gathers nothing')
    return startScan.gather(workspace, { wait: false })
  },
  run: (transaction, request, gathered) => {
    const scan = requestOf(transaction, request)
    return scan.ok ? startScan.run(transaction, scan.value, gathered) : scan
  },
  after: async ({ scans }, started) => {
    scans.run(started.id)
    return succeed(started)
  },
}

function requestOf({ store }: Transaction, { id, confirmVantage }: Verify): Result<ScanRequest> {
  const finding = findingById(store, { id })
  if (finding === undefined) return fail('finding-unknown', { finding: id })
  const endpoints = endpointFacts(store, finding.instance_id)
  return succeed({
    ranges: [...new Set(endpoints.map(({ address }) => address))],
    ports: [...new Set(endpoints.map(({ port }) => port))],
    wait: false,
    confirmVantage: confirmVantage ?? false,
  })
}
