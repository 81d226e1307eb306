import { readFileSync } from 'node:fs'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Command, show } from '../command.ts'

/** How reports of this organisation look. */
export const brandCommand: Command = {
  kind: 'session',
  path: ['report', 'brand'],
  usage: 'report brand [--colour <#rrggbb>] [--logo <png or jpeg>] [--no-logo]',
  needs: 0,
  takes: 0,
  options: { colour: 'text', logo: 'text', 'no-logo': 'flag' },
  async run(context) {
    const { given, session, words } = context
    const colour = given.text('colour')
    const logo = readLogo(given.text('logo'), given.flag('no-logo'))
    if (!logo.ok) return logo
    const isEdit = colour !== undefined || logo.value !== undefined
    const brand = isEdit
      ? await session.call('report.set-brand', {
          ...(colour !== undefined && { colour }),
          ...(logo.value !== undefined && { logo: logo.value }),
        })
      : await session.call('report.brand', {})
    if (!brand.ok) return brand
    return show(context, brand.value, ({ colour: shown, logo: picture }) =>
      words(picture === null ? 'reports:cli.brandPlain' : 'reports:cli.brandLogo', { colour: shown }),
    )
  },
}

function readLogo(file: string | undefined, none: boolean): Result<string | null | undefined> {
  if (none) return succeed(null)
  if (file === undefined) return succeed(undefined)
  try {
    return succeed(readFileSync(file).toString('base64'))
  } catch (error) {
    return fail('file-unreadable', { file, reason: error instanceof Error ? error.message : String(error) })
  }
}
