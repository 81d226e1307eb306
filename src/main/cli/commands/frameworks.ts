import type { ControlAssessment, Framework, FrameworkAssessment } from '#shared/domain/framework.ts'
import { type Command, show } from '../command.ts'
import { formatTable } from '../table.ts'
import { languageOf, type Words } from '../words.ts'

const list: Command = {
  kind: 'session',
  path: ['framework', 'list'],
  usage: 'framework list',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const { session, words, output } = context
    const found = await session.call('framework.list', {})
    if (!found.ok) return found
    for (const { file, problem } of found.value.problems) {
      output.note(words('reports:cli.badPack', { file, problem }))
    }
    return show(context, found.value.frameworks, all => listText(all, words, output.width))
  },
}

function listText(frameworks: readonly Framework[], words: Words, width: number): string {
  const language = languageOf(words)
  return formatTable<Framework>(
    [
      { title: words('cli:column.id'), text: ({ framework }) => framework },
      { title: words('reports:column.framework'), text: ({ name }) => name[language] },
      { title: words('reports:register.controls'), right: true, text: each => String(each.controlCount) },
      { title: words('reports:controls.legalDate'), text: ({ legalDate }) => legalDate },
      {
        title: words('reports:controls.pack'),
        text: ({ origin }) => words(`reports:controls.origin.${origin}`),
      },
    ],
    frameworks,
    width,
  )
}

const assess: Command = {
  kind: 'session',
  path: ['framework', 'show'],
  usage: 'framework show <id>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const { given, session, words, output } = context
    const found = await session.call('framework.assess', { framework: given.positionals[0] ?? '' })
    return found.ok ? show(context, found.value, each => assessmentText(each, words, output.width)) : found
  },
}

function assessmentText(
  { framework, controls, counts }: FrameworkAssessment,
  words: Words,
  width: number,
): string {
  const language = languageOf(words)
  const states = Object.entries(counts).map(
    ([state, count]) => `${words(`reports:state.${state}`)}: ${count}`,
  )
  const table = formatTable<ControlAssessment>(
    [
      { title: words('reports:column.control'), text: ({ id }) => id },
      { title: words('reports:column.state'), text: ({ state }) => words(`reports:state.${state}`) },
      { title: words('reports:column.title'), text: ({ title }) => title[language] },
      { title: words('reports:column.reasons'), text: ({ reasons }) => reasons.join(' ') },
    ],
    controls,
    width,
  )
  return `${framework.name[language]}\n${states.join('; ')}\n\n${table}`
}

export const frameworkCommands: readonly Command[] = [list, assess]
