import type { OwnerInput } from '#shared/domain/owner.ts'
import type { OwnerId } from '#shared/ids.ts'
import { fail } from '#shared/result.ts'
import { type Command, type Context, type Given, show } from '../command.ts'
import { readNumbers } from '../numbers.ts'
import { formatTable } from '../table.ts'

const fieldOptions = {
  kind: 'text',
  name: 'text',
  email: 'text',
  'directory-id': 'text',
  unit: 'text',
} as const
const fieldUsage = '[--kind person|team] [--email <address>] [--directory-id <id>] [--unit <text>]'

function readFields(given: Given): Partial<OwnerInput> {
  const kind = given.text('kind')
  const [name, email, externalId, unit] = ['name', 'email', 'directory-id', 'unit'].map(each =>
    given.text(each),
  )
  return {
    ...(kind !== undefined && { kind: kind as OwnerInput['kind'] }),
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(externalId !== undefined && { externalId }),
    ...(unit !== undefined && { unit }),
  }
}

const add: Command = {
  kind: 'session',
  path: ['owner', 'add'],
  usage: `owner add <name> ${fieldUsage}`,
  needs: 1,
  takes: 1,
  options: fieldOptions,
  async run(context) {
    const { given, session } = context
    const blank: OwnerInput = { kind: 'person', name: '', email: null, externalId: null, unit: null }
    const name = given.positionals[0] ?? ''
    const added = await session.call('owner.add', { ...blank, ...readFields(given), name })
    return added.ok ? show(context, added.value, owner => `${owner.id}: ${owner.name}`) : added
  },
}

const edit: Command = {
  kind: 'session',
  path: ['owner', 'edit'],
  usage: `owner edit <id> [--name <text>] ${fieldUsage}`,
  needs: 1,
  takes: 1,
  options: fieldOptions,
  async run(context) {
    const { given, session } = context
    const id = ownerIds(context)
    if (!id.ok) return id
    const edited = await session.call('owner.edit', { id: id.value[0] as OwnerId, ...readFields(given) })
    return edited.ok ? show(context, edited.value, owner => `${owner.id}: ${owner.name}`) : edited
  },
}

function ownerIds({ given }: Context) {
  const numbers = readNumbers(given.positionals, 'owner-unknown', 'owner')
  return numbers.ok && numbers.value.some(id => id < 1) ? fail('owner-unknown', { owner: 0 }) : numbers
}

const merge: Command = {
  kind: 'session',
  path: ['owner', 'merge'],
  usage: 'owner merge <id> <id that stays>',
  needs: 2,
  takes: 2,
  options: {},
  async run(context) {
    const ids = ownerIds(context)
    if (!ids.ok) return ids
    const [from, into] = ids.value as OwnerId[]
    const merged = await context.session.call('owner.merge', { from: from as OwnerId, into: into as OwnerId })
    return merged.ok ? show(context, merged.value, owner => `${owner.id}: ${owner.name}`) : merged
  },
}

const imports: Command = {
  kind: 'session',
  path: ['owner', 'imports'],
  usage: 'owner imports',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const { session, words, output } = context
    const list = await session.call('owner.imports', {})
    if (!list.ok) return list
    return show(context, list.value, all =>
      formatTable<(typeof all)[number]>(
        [
          { title: words('cli:column.id'), right: true, text: each => String(each.id) },
          { title: words('triage:import.file'), text: each => each.file },
          { title: words('triage:import.at'), text: each => each.at },
          { title: words('triage:import.by'), text: each => each.actor },
          { title: words('triage:import.added'), right: true, text: each => String(each.added) },
          { title: words('triage:import.changed'), right: true, text: each => String(each.changed) },
          { title: words('triage:import.rejected'), right: true, text: each => String(each.rejected) },
          {
            title: words('governance:column.outcome'),
            text: each => (each.undoneAt === null ? '' : words('triage:import.isUndone')),
          },
        ],
        all,
        output.width,
      ),
    )
  },
}

export const ownerRegisterCommands: readonly Command[] = [add, edit, merge, imports]
