import { resolve } from 'node:path'
import { fail } from '#shared/result.ts'
import { advisoriesText, advisoryText, statusText } from '../advisory-text.ts'
import { type Command, show } from '../command.ts'

const showAll: Command = {
  kind: 'session',
  path: ['advisories', 'show'],
  usage: 'advisories show [id]',
  needs: 0,
  takes: 1,
  options: {},
  async run(context) {
    const { session, given, words, output } = context
    const inForce = await session.call('advisories.show', {})
    if (!inForce.ok) return inForce
    const wanted = given.positionals[0]?.toLowerCase()
    if (wanted === undefined) {
      return show(context, inForce.value, all => advisoriesText(all, words, output.width))
    }
    const found = inForce.value.advisories.find(({ id, aliases, nickname }) =>
      [id, ...aliases, nickname ?? ''].some(name => name.toLowerCase() === wanted),
    )
    return found === undefined
      ? fail('advisory-unknown', { id: given.positionals[0] ?? '' })
      : show(context, found, advisory => advisoryText(advisory, words))
  },
}

const replace: Command = {
  kind: 'session',
  path: ['advisories', 'replace'],
  usage: 'advisories replace <file> [--older]',
  needs: 1,
  takes: 1,
  options: { older: 'flag' },
  async run(context) {
    const { session, given, words } = context
    // Whoever owns the data folder reads the file, and may have another working directory.
    const file = resolve(given.positionals[0] ?? '')
    const status = await session.call('advisories.replace', { file, older: given.flag('older') })
    return status.ok ? show(context, status.value, now => statusText(now, words)) : status
  },
}

const reset: Command = {
  kind: 'session',
  path: ['advisories', 'reset'],
  usage: 'advisories reset',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const status = await context.session.call('advisories.reset', {})
    return status.ok ? show(context, status.value, now => statusText(now, context.words)) : status
  },
}

export const advisoryCommands: readonly Command[] = [showAll, replace, reset]
