import { readFileSync } from 'node:fs'
import type { Actor } from '#shared/domain/actor.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Command, type Given, show } from '../command.ts'
import { formatTable } from '../table.ts'

const add: Command = {
  kind: 'session',
  path: ['actor', 'add'],
  usage:
    'actor add <name> [--role administrator|analyst|approver|auditor] --new-passphrase-file <file> (without --as: --passphrase-file <file>)',
  needs: 1,
  takes: 1,
  options: { role: 'text', 'new-passphrase-file': 'text' },
  async run(context) {
    const { given, session, words } = context
    const passphrase = readPassphrase(newPassphraseFile(given))
    if (!passphrase.ok) return passphrase
    const role = given.text('role')
    const added = await session.call('actor.add', {
      name: given.positionals[0] ?? '',
      passphrase: passphrase.value,
      ...(role !== undefined && { role }),
    })
    return added.ok
      ? show(context, added.value, actor =>
          words('governance:actor.added', { name: actor.name, role: words(`governance:role.${actor.role}`) }),
        )
      : added
  },
}

const passphrase: Command = {
  kind: 'session',
  path: ['actor', 'passphrase'],
  usage:
    'actor passphrase <name> --new-passphrase-file <file> (with one already: --as <name> --passphrase-file <file>)',
  needs: 1,
  takes: 1,
  options: { 'new-passphrase-file': 'text' },
  async run(context) {
    const { given, session, words } = context
    const next = readPassphrase(given.text('new-passphrase-file'))
    if (!next.ok) return next
    const file = given.text('passphrase-file')
    const current = file === undefined ? succeed('') : readPassphrase(file)
    if (!current.ok) return current
    const actor = given.positionals[0] ?? ''
    const set = await session.call('actor.set-passphrase', {
      actor,
      passphrase: next.value,
      currentPassphrase: current.value,
    })
    return set.ok
      ? show(context, set.value, ({ name }) => words('governance:actor.passphraseSet', { name }))
      : set
  },
}

const role: Command = {
  kind: 'session',
  path: ['actor', 'role'],
  usage: 'actor role <name> administrator|analyst|approver|auditor',
  needs: 2,
  takes: 2,
  options: {},
  async run(context) {
    const { given, session, words } = context
    const [actor = '', wanted = ''] = given.positionals
    const set = await session.call('actor.set-role', { actor, role: wanted })
    return set.ok
      ? show(context, set.value, ({ name, role: now }) =>
          words('governance:actor.roleSet', { name, role: words(`governance:role.${now}`) }),
        )
      : set
  },
}

/** The acting person's own passphrase file is beside --as; without it there is only one passphrase it could be. */
function newPassphraseFile(given: Given): string | undefined {
  return (
    given.text('new-passphrase-file') ??
    (given.text('as') === undefined ? given.text('passphrase-file') : undefined)
  )
}

/** A passphrase from a file (never from an argument: others on the machine could read it there), without its line end. */
export function readPassphrase(file: string | undefined): Result<string> {
  if (file === undefined) return fail('passphrase-missing')
  try {
    return succeed(readFileSync(file, 'utf8').replace(/\r?\n$/, ''))
  } catch (error) {
    return fail('file-unreadable', { file, reason: error instanceof Error ? error.message : String(error) })
  }
}

const list: Command = {
  kind: 'session',
  path: ['actor', 'list'],
  usage: 'actor list',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const { session, words, output } = context
    const actors = await session.call('actor.list', {})
    if (!actors.ok) return actors
    return show(context, actors.value, all =>
      formatTable<Actor>(
        [
          { title: words('cli:column.id'), right: true, text: actor => String(actor.id) },
          { title: words('governance:column.name'), text: actor => actor.name },
          { title: words('governance:column.role'), text: actor => words(`governance:role.${actor.role}`) },
          {
            title: words('governance:column.passphrase'),
            text: actor => words(actor.hasPassphrase ? 'terms:yes' : 'terms:no'),
          },
          { title: words('governance:column.key'), text: actor => actor.publicKey.slice(0, 16) },
        ],
        all,
        output.width,
      ),
    )
  },
}

export const actorCommands: readonly Command[] = [add, passphrase, role, list]
