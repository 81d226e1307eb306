import { type FindingSelection, mostAtOnce } from '#shared/domain/finding-list.ts'
import type { FindingId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import type { Context } from './command.ts'

/** The findings a command is about: those a query finds, or those named. Too many at once are refused. */
export async function chooseFindings(
  { session, words }: Context,
  query: string | undefined,
  ids: readonly number[],
  usage: string,
  most = mostAtOnce,
): Promise<Result<FindingSelection>> {
  const found = await session.call(
    'finding.select',
    query === undefined ? { rows: ids.map(id => id as FindingId) } : { query },
  )
  if (!found.ok) return found
  const { findings, total } = found.value
  if (total > most) {
    const problem = words('findings:all.tooMany', { count: total, most })
    return fail('usage', { problem, usage: `paddock ${usage}` })
  }
  const lacking = query === undefined ? ids.find(id => !findings.some(each => each.id === id)) : undefined
  return lacking === undefined ? found : fail('finding-unknown', { finding: lacking })
}

/** The instances whose findings `--findings` finds; none where it is not given. */
export async function instancesBehind(context: Context, usage: string): Promise<Result<string[]>> {
  const query = context.given.text('findings')
  if (query === undefined) return succeed([])
  const chosen = await chooseFindings(context, query, [], usage)
  if (!chosen.ok) return chosen
  return succeed([...new Set(chosen.value.findings.map(({ instance }) => String(instance)))])
}
