import { Disposition, dispositions } from '#shared/domain/identity.ts'
import { fail } from '#shared/result.ts'
import { type Command, show } from '../command.ts'
import { annotationsText, proposalsText } from '../identity-text.ts'
import { about, sayOfFound, wrongCount } from '../instances-found.ts'

const merge: Command = {
  kind: 'session',
  path: ['instance', 'merge'],
  usage: 'instance merge <instance to keep> <instance that is the same server>',
  needs: 2,
  takes: 2,
  options: {},
  async run(context) {
    const [keep = '', other = ''] = context.given.positionals
    const done = await context.session.call('instance.merge', { keep, other })
    return done.ok ? show(context, done.value, all => annotationsText(all, context.words)) : done
  },
}

const split: Command = {
  kind: 'session',
  path: ['instance', 'split'],
  usage: 'instance split <instance> <address:port>',
  needs: 2,
  takes: 2,
  options: {},
  async run(context) {
    const [instance = '', endpoint = ''] = context.given.positionals
    const done = await context.session.call('instance.split', { instance, endpoint })
    return done.ok ? show(context, done.value, all => annotationsText(all, context.words)) : done
  },
}

const undo: Command = {
  kind: 'session',
  path: ['instance', 'undo'],
  usage: 'instance undo <instance>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const done = await context.session.call('instance.undo', { instance: context.given.positionals[0] ?? '' })
    return done.ok ? show(context, done.value, all => annotationsText(all, context.words)) : done
  },
}

const tag: Command = {
  kind: 'session',
  path: ['instance', 'tag'],
  usage: 'instance tag (<instance> | --query <query>) [tag]… [--remove <tag>]…',
  needs: 0,
  takes: 100,
  options: { remove: 'texts', query: 'text' },
  async run(context) {
    const { words, session } = context
    const { instance, rest: add } = about(context)
    const remove = context.given.texts('remove')
    if (add.length + remove.length === 0)
      return fail('usage', { problem: words('cli:problem.nothing'), usage: `paddock ${tag.usage}` })
    if (instance === null)
      return sayOfFound(context, selection => session.call('instances.tag', { selection, add, remove }))
    const done = await session.call('instance.tag', { instance, add, remove })
    return done.ok ? show(context, done.value, all => annotationsText(all, words)) : done
  },
}

const note: Command = {
  kind: 'session',
  path: ['instance', 'note'],
  usage: 'instance note (<instance> | --query <query> [--take-back]) <text>',
  needs: 1,
  takes: 2,
  options: { query: 'text', 'take-back': 'flag' },
  async run(context) {
    const { session, given } = context
    const isRemoved = given.flag('take-back')
    const { instance, rest } = about(context)
    const [text, more] = rest
    // Of one instance the note as a whole is said anew.
    if (text === undefined || more !== undefined || (isRemoved && instance !== null))
      return wrongCount(context, note)
    if (instance === null)
      return sayOfFound(context, selection => session.call('instances.note', { selection, text, isRemoved }))
    const done = await context.session.call('instance.note', { instance, text })
    return done.ok ? show(context, done.value, all => annotationsText(all, context.words)) : done
  },
}

const dispose: Command = {
  kind: 'session',
  path: ['instance', 'dispose'],
  usage: `instance dispose (<instance> | --query <query>) ${dispositions.join('|')}|none`,
  needs: 1,
  takes: 2,
  options: { query: 'text' },
  async run(context) {
    const { words, session } = context
    const { instance, rest } = about(context)
    const [text, more] = rest
    if (text === undefined || more !== undefined) return wrongCount(context, dispose)
    const parsed = Disposition.safeParse(text)
    if (!parsed.success && text !== 'none')
      return fail('usage', {
        problem: words('identity:problem.disposition', { text }),
        usage: `paddock ${dispose.usage}`,
      })
    const disposition = parsed.data ?? null
    if (instance === null)
      return sayOfFound(context, selection => session.call('instances.dispose', { selection, disposition }))
    const done = await session.call('instance.dispose', { instance, disposition })
    return done.ok ? show(context, done.value, all => annotationsText(all, words)) : done
  },
}

const annotations: Command = {
  kind: 'session',
  path: ['instance', 'about'],
  usage: 'instance about <instance>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const instance = context.given.positionals[0] ?? ''
    const shown = await context.session.call('instance.annotations', { instance })
    return shown.ok ? show(context, shown.value, all => annotationsText(all, context.words)) : shown
  },
}

const proposals: Command = {
  kind: 'session',
  path: ['identity', 'list'],
  usage: 'identity list [--dismissed]',
  needs: 0,
  takes: 0,
  options: { dismissed: 'flag' },
  async run(context) {
    const isDismissed = context.given.flag('dismissed')
    const open = await context.session.call('identity.proposals', { isDismissed })
    return open.ok ? show(context, open.value, all => proposalsText(all, context.words)) : open
  },
}

const answers = (['accept', 'dismiss'] as const).map(
  (answer): Command => ({
    kind: 'session',
    path: ['identity', answer],
    usage: `identity ${answer} <proposal>`,
    needs: 1,
    takes: 1,
    options: {},
    async run(context) {
      const text = context.given.positionals[0] ?? ''
      if (!/^[1-9]\d{0,14}$/.test(text)) return fail('proposal-unknown', { proposal: text })
      const answered = await context.session.call('identity.answer', {
        proposal: Number(text),
        accept: answer === 'accept',
      })
      return answered.ok
        ? show(context, answered.value, all => annotationsText(all, context.words))
        : answered
    },
  }),
)

const reopen: Command = {
  kind: 'session',
  path: ['identity', 'reopen'],
  usage: 'identity reopen <proposal>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const text = context.given.positionals[0] ?? ''
    if (!/^[1-9]\d{0,14}$/.test(text)) return fail('proposal-unknown', { proposal: text })
    const again = await context.session.call('identity.reopen', { proposal: Number(text) })
    return again.ok ? show(context, again.value, all => annotationsText(all, context.words)) : again
  },
}

export const identityCommands: readonly Command[] = [
  annotations,
  merge,
  split,
  undo,
  tag,
  note,
  dispose,
  proposals,
  ...answers,
  reopen,
]
