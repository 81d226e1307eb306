import type { InstanceId } from '#shared/ids.ts'
import { type Result, succeed } from '#shared/result.ts'
import type { Context } from './command.ts'

/** The instances the given `--query` finds; null: none was given. */
export async function instancesFound({ given, session }: Context): Promise<Result<InstanceId[] | null>> {
  const query = given.text('query')
  if (query === undefined) return succeed(null)
  const found = await session.call('inventory.list', { query })
  return found.ok ? succeed(found.value.map(({ id }) => id)) : found
}
