import type { Explanation, TargetTrace } from '#shared/domain/explanation.ts'
import type { InstanceId, ScanId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { instancesAt } from '../store/instances.ts'
import { addressKeyOf } from '../store/keys.ts'
import { scanById } from '../store/scans.ts'
import type { Reading } from './context.ts'
import { endpointFacts } from './instance-summary.ts'
import { endpointDetail } from './instances.ts'

/** What a scan of one address asked and was answered, with what the inventory now says of what it found there. */
export function explainScan(reading: Reading, id: number): Result<Explanation> {
  const record = scanById(reading.store, { id })
  if (record === undefined) return fail('scan-unknown', { scan: id })
  if (record.traces === null) return fail('explanation-unknown', { scan: id })
  const traces: TargetTrace[] = JSON.parse(record.traces)
  const targets = traces.map(trace => ({ ...trace, found: foundAt(reading, trace) }))
  return succeed({ scan: id as ScanId, targets })
}

type Found = Explanation['targets'][number]['found']

/** Ways in at the target that this scan saw. */
function foundAt({ store }: Reading, { address, port, considered }: TargetTrace): Found {
  const paths = new Set(considered.map(({ basePath }) => basePath))
  const instances = instancesAt(store, { addressKey: addressKeyOf(address), port })
  return instances.flatMap(({ instance_id }) =>
    endpointFacts(store, instance_id)
      .filter(({ record, presence }) => {
        const isHere = record.address === address && record.port === port && paths.has(record.base_path)
        return isHere && presence === 'present'
      })
      .map(known => ({
        instance: instance_id as InstanceId,
        product: known.facts.product,
        suspected: known.facts.suspected,
        confidence: known.confidence,
        version: known.facts.version,
        endpoint: endpointDetail(store, known),
      })),
  )
}
