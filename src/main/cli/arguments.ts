import { parseArgs } from 'node:util'
import { fail, type Result, succeed } from '#shared/result.ts'
import type { Command, Given } from './command.ts'
import { languages, type Words } from './words.ts'

/** A command, and what was given to it. */
export interface Parsed {
  readonly command: Command
  readonly given: Given
}

/** Understood by every command, in any position. */
const everywhere = {
  data: 'text',
  lang: 'text',
  json: 'flag',
  help: 'flag',
  as: 'text',
  'passphrase-file': 'text',
} as const

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>

/** Finds the command and checks that it understands everything that was given. */
export function readArguments(
  argv: readonly string[],
  commands: readonly Command[],
  words: Words,
): Result<Parsed> {
  const usage = words('cli:usage')
  const kinds = Object.assign({}, ...commands.map(command => command.options), everywhere)
  let values: Values
  let positionals: string[]
  try {
    ;({ values, positionals } = parseArgs({
      args: withDashedValues(argv, kinds),
      options: optionsOf(kinds),
      allowPositionals: true,
    }))
  } catch (error) {
    // Node's own words name the option and what is wrong with it; the rest of the message is advice about its API.
    const problem = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)
    return fail('usage', { problem: `${problem}.`, usage })
  }
  const language = values['lang']
  if (language !== undefined && !languages.some(name => name === language)) {
    return fail('usage', { problem: words('cli:problem.language', { language: String(language) }), usage })
  }
  if (values['help'] === true || positionals.length === 0) positionals = ['help']
  const command = findCommand(positionals, commands)
  if (command === undefined) {
    return fail('usage', { problem: words('cli:problem.command', { command: positionals.join(' ') }), usage })
  }
  const own = `paddock ${command.usage}`
  const foreign = Object.keys(values).find(option => !(option in everywhere) && !(option in command.options))
  if (foreign !== undefined) {
    const problem = words('cli:problem.option', { command: command.path.join(' '), option: foreign })
    return fail('usage', { problem, usage: own })
  }
  const rest = positionals.slice(command.path.length)
  if (rest.length < command.needs || rest.length > command.takes) {
    const problem = words(rest.length < command.needs ? 'cli:problem.missing' : 'cli:problem.extra', {
      command: command.path.join(' '),
      extra: rest[command.takes] ?? '',
    })
    return fail('usage', { problem, usage: own })
  }
  const given = { positionals: rest, json: values['json'] === true, ...accessors(values) }
  return succeed({ command, given })
}

/** A value may begin with a dash (`--query -family:bert`), which Node takes for an option unless it is joined. */
function withDashedValues(argv: readonly string[], kinds: Readonly<Record<string, string>>): string[] {
  const joined: string[] = []
  for (const word of argv) {
    const before = joined.at(-1) ?? ''
    const takesValue = before.startsWith('--') && (kinds[before.slice(2)] ?? 'flag') !== 'flag'
    if (takesValue && /^-[^-]/.test(word)) joined[joined.length - 1] = `${before}=${word}`
    else joined.push(word)
  }
  return joined
}

function accessors(values: Values): Pick<Given, 'text' | 'texts' | 'flag'> {
  const texts = (option: string) => [values[option] ?? []].flat().map(String)
  return { texts, text: option => texts(option).at(-1), flag: option => values[option] === true }
}

function optionsOf(kinds: Readonly<Record<string, 'text' | 'texts' | 'flag'>>) {
  return Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      kind === 'flag'
        ? { type: 'boolean' as const }
        : { type: 'string' as const, multiple: kind === 'texts' },
    ]),
  )
}

/** The command whose words come first; of several, the one with most words (`scan list` before `scan`). */
function findCommand(positionals: readonly string[], commands: readonly Command[]): Command | undefined {
  return commands
    .filter(command => command.path.every((word, index) => positionals[index] === word))
    .sort((a, b) => b.path.length - a.path.length)[0]
}
