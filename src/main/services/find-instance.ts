import { parseAddress } from '#shared/domain/address.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type InstanceRecord, instanceById, instancesAt } from '../store/instances.ts'
import { addressKey } from '../store/keys.ts'
import type { ReadableStore } from '../store/statement.ts'

/** The instance of an id, or of a place it answers at: `17`, `10.0.0.1:11434`, `[fd00::1]:11434`. */
export function findInstance(store: ReadableStore, name: string): Result<InstanceRecord> {
  const id = idOf(store, name.trim())
  const record = id === null ? undefined : stayingInstance(store, id)
  return record === undefined ? fail('instance-unknown', { instance: name }) : succeed(record)
}

/** The instance itself, or the one it was merged into. */
function stayingInstance(store: ReadableStore, id: number): InstanceRecord | undefined {
  let record = instanceById(store, { id })
  // Each merge is into one that stayed at the time, so that the way ends.
  while (record?.merged_into != null) record = instanceById(store, { id: record.merged_into })
  return record
}

function idOf(store: ReadableStore, name: string): number | null {
  if (/^\d{1,15}$/.test(name)) return Number(name)
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(name)
  const address = parseAddress(match?.[1] ?? match?.[2] ?? name)
  if (address === null) return null
  const found = instancesAt(store, { addressKey: addressKey(address), port: Number(match?.[3] ?? 11434) })
  return found[0]?.instance_id ?? null
}
