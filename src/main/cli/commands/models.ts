import { fail } from '#shared/result.ts'
import { type Command, show } from '../command.ts'
import { blastText, concentrationText, driftText, modelsTable, modelText } from '../model-text.ts'

/** The command line names all, however many they are. */
const everyOne = 1_000_000

const list: Command = {
  kind: 'session',
  needs: 0,
  takes: 0,
  path: ['model', 'list'],
  usage: 'model list [--query <query>]',
  options: { query: 'text' },
  async run(context) {
    const { given, words, output } = context
    const models = await context.session.call('model.list', { query: given.text('query') ?? '' })
    return models.ok ? show(context, models.value, all => modelsTable(all, words, output.width)) : models
  },
}

const showOne: Command = {
  kind: 'session',
  needs: 1,
  takes: 1,
  path: ['model', 'show'],
  usage: 'model show <digest>',
  options: {},
  async run(context) {
    const model = await context.session.call('model.show', {
      digest: context.given.positionals[0] ?? '',
      most: everyOne,
    })
    return model.ok ? show(context, model.value, each => modelText(each, context.words)) : model
  },
}

const approve: Command = {
  kind: 'session',
  needs: 1,
  takes: 1,
  path: ['model', 'approve'],
  usage: 'model approve <digest> [--note <text>]',
  options: { note: 'text' },
  async run(context) {
    const { given, session, words } = context
    const note = given.text('note') ?? ''
    const done = await session.call('model.approve', { digest: given.positionals[0] ?? '', note })
    return done.ok ? show(context, done.value, ({ digest }) => words('models:approved', { digest })) : done
  },
}

const revoke: Command = {
  kind: 'session',
  needs: 1,
  takes: 1,
  path: ['model', 'revoke'],
  usage: 'model revoke <digest> [--note <text>]',
  options: { note: 'text' },
  async run(context) {
    const { given, session, words } = context
    const note = given.text('note') ?? ''
    const done = await session.call('model.revoke', { digest: given.positionals[0] ?? '', note })
    return done.ok ? show(context, done.value, ({ digest }) => words('models:revoked', { digest })) : done
  },
}

const drift: Command = {
  kind: 'session',
  needs: 0,
  takes: 0,
  path: ['model', 'drift'],
  usage: 'model drift',
  options: {},
  async run(context) {
    const changes = await context.session.call('model.drift', {})
    const { words, output } = context
    return changes.ok ? show(context, changes.value, all => driftText(all, words, output.width)) : changes
  },
}

const concentration: Command = {
  kind: 'session',
  needs: 0,
  takes: 0,
  path: ['model', 'concentration'],
  usage: 'model concentration',
  options: {},
  async run(context) {
    const figures = await context.session.call('model.concentration', {})
    return figures.ok ? show(context, figures.value, all => concentrationText(all, context.words)) : figures
  },
}

const blastRadius: Command = {
  kind: 'session',
  needs: 0,
  takes: 100,
  path: ['blast-radius'],
  usage: 'blast-radius <query>',
  options: {},
  async run(context) {
    const { given, words, session } = context
    const query = given.positionals.join(' ').trim()
    const usage = 'paddock blast-radius <query>'
    // None at all means everything; an empty one is a variable that is not set.
    if (query === '' && given.positionals.length > 0)
      return fail('usage', { problem: words('cli:problem.missing', { command: 'blast-radius' }), usage })
    const radius = await session.call('model.blast-radius', { query, most: everyOne })
    const { width } = context.output
    return radius.ok ? show(context, radius.value, all => blastText(all, words, width)) : radius
  },
}

export const modelCommands: readonly Command[] = [
  list,
  showOne,
  approve,
  revoke,
  drift,
  concentration,
  blastRadius,
]
