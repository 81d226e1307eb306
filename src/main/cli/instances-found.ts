import type { ManyDone, Selection } from '#shared/domain/selection.ts'
import type { InstanceId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Command, type Context, type ExitCode, show } from './command.ts'

/** The instances the given `--query` finds; null: none was given. */
export async function instancesFound({ given, session }: Context): Promise<Result<InstanceId[] | null>> {
  const query = given.text('query')
  if (query === undefined) return succeed(null)
  const found = await session.call('inventory.list', { query })
  return found.ok ? succeed(found.value.map(({ id }) => id)) : found
}

/** Every row the given `--query` finds, as the commands about many take them; null: none was given. */
export async function rowsSelected({ given, session }: Context): Promise<Result<Selection | null>> {
  const query = given.text('query')
  return query === undefined ? succeed(null) : session.call('inventory.select', { query })
}

/** What a command about one instance or many was given: which one (null: those of `--query`), and what else. */
export function about({ given }: Context): { readonly instance: string | null; readonly rest: string[] } {
  const [first = '', ...rest] = given.positionals
  return given.text('query') === undefined
    ? { instance: first, rest }
    : { instance: null, rest: [...given.positionals] }
}

/** Says the same of everything `--query` finds. */
export async function sayOfFound(
  context: Context,
  say: (selection: Selection) => Promise<Result<ManyDone>>,
): Promise<Result<ExitCode>> {
  const selection = await rowsSelected(context)
  if (!selection.ok) return selection
  if (selection.value === null) return fail('selection-empty')
  const done = await say(selection.value)
  return done.ok
    ? show(context, done.value, ({ count, changed }) =>
        context.words('identity:many', { changed, unchanged: count - changed }),
      )
    : done
}

export function wrongCount({ words }: Context, command: Command): ReturnType<typeof fail> {
  const problem = words('cli:problem.missing', { command: command.path.join(' ') })
  return fail('usage', { problem, usage: `paddock ${command.usage}` })
}
