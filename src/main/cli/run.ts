import { type Result, succeed } from '#shared/result.ts'
import { type Parsed, readArguments } from './arguments.ts'
import type { ExitCode, Given, Terminal } from './command.ts'
import { readPassphrase } from './commands/actors.ts'
import { commands } from './commands/index.ts'
import { createOutput, type Output } from './output.ts'
import { openSession, type Session } from './session.ts'
import { createWords, type Words } from './words.ts'

/** Runs one command and says how it ended. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const words = createWords(terminal.program.resources, languageOf(argv, terminal))
  const output = createOutput(terminal.stdout, terminal.stderr, words)
  const parsed = readArguments(argv, commands, words)
  if (!parsed.ok) return output.refuse(parsed.failure)
  try {
    return await run(parsed.value, terminal, output, words)
  } catch (error) {
    output.crash(error)
    return 1
  }
}

async function run(
  { command, given }: Parsed,
  terminal: Terminal,
  output: Output,
  words: Words,
): Promise<ExitCode> {
  if (command.kind === 'plain') return command.run({ given, output, words, terminal })
  const folder = command.isDemo ? terminal.demoFolder : terminal.dataFolder
  const dataFolder = folder(given.text('data'))
  const session = await openSession(dataFolder, terminal.program)
  if (!session.ok) return output.refuse(session.failure)
  try {
    const acting = await act(session.value, given)
    if (!acting.ok) return output.refuse(acting.failure)
    const done = await command.run({ given, output, words, terminal, session: session.value, dataFolder })
    return done.ok ? done.value : output.refuse(done.failure)
  } finally {
    await session.value.close()
  }
}

/** In whose name: of whoever --as names, with the passphrase in a file. */
async function act(session: Session, given: Given): Promise<Result<void>> {
  const actor = given.text('as')
  if (actor === undefined) return succeed(undefined)
  const passphrase = readPassphrase(given.text('passphrase-file'))
  return passphrase.ok ? session.actAs(actor, passphrase.value) : passphrase
}

/** Needed before the arguments are read, so that a mistake in them can be told in the right language. */
function languageOf(argv: readonly string[], { language }: Terminal): string {
  const index = argv.findIndex(argument => /^--lang(=|$)/.test(argument))
  return (index === -1 ? language : (argv[index]?.split('=')[1] ?? argv[index + 1])) ?? 'en'
}
