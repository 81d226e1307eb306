import type { Command } from '../command.ts'

/** Lists the commands; it is given them, because it is one of them. */
export function helpCommand(others: () => readonly Command[]): Command {
  return {
    kind: 'plain',
    path: ['help'],
    usage: 'help',
    needs: 0,
    takes: 9,
    options: {},
    run({ output, words }) {
      const lines = others().map(
        command => `  paddock ${command.usage}\n      ${words(`cli:help.${command.path.join('-')}`)}`,
      )
      output.text([words('cli:about'), '', ...lines, '', words('cli:everywhere')].join('\n'))
      return 0
    },
  }
}

export const versionCommand: Command = {
  kind: 'plain',
  path: ['version'],
  usage: 'version',
  needs: 0,
  takes: 0,
  options: {},
  run({ output, given, terminal }) {
    const { version } = terminal.program
    if (given.json) output.json({ version })
    else output.text(version)
    return 0
  },
}
