import { createPublicKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ReportVerification } from '#shared/domain/report.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { openReading, verifyReportFile } from '../../compose.ts'
import type { Command, ExitCode, PlainContext } from '../command.ts'
import type { Words } from '../words.ts'

const exits: Readonly<Record<ReportVerification['verdict'], ExitCode>> = {
  intact: 0,
  altered: 4,
  'unknown-signer': 5,
}

/** Works anywhere: without a data folder, with nothing but the file, its manifest and a key. */
export const verifyCommand: Command = {
  kind: 'plain',
  path: ['report', 'verify'],
  usage: 'report verify <file> [--key <public key or file>]',
  needs: 1,
  takes: 1,
  options: { key: 'texts' },
  async run(context) {
    const { given, output, words } = context
    const keys = await trustedKeys(context)
    if (!keys.ok) return output.refuse(keys.failure)
    const verified = verifyReportFile(resolve(given.positionals[0] ?? ''), keys.value)
    if (!verified.ok) {
      output.refuse(verified.failure)
      // A manifest that is none any more was altered, whatever else it says.
      return verified.failure.code === 'report-manifest-malformed' ? 4 : 2
    }
    if (given.json) output.json(verified.value)
    else output.text(verificationText(verified.value, words))
    return exits[verified.value.verdict]
  },
}

/** Those given; without any, those of the actors of the data folder, if there is one. */
async function trustedKeys({ given, terminal }: PlainContext): Promise<Result<string[]>> {
  const named = given.texts('key')
  if (named.length > 0) {
    const keys = named.map(readKey)
    const bad = keys.find(key => !key.ok)
    return bad !== undefined && !bad.ok ? bad : succeed(keys.flatMap(key => (key.ok ? [key.value] : [])))
  }
  const dataFolder = terminal.dataFolder(given.text('data'))
  if (!existsSync(join(dataFolder, 'paddock.sqlite'))) return succeed([])
  const reading = openReading({ dataFolder, program: terminal.program }, () => {})
  if (!reading.ok) return succeed([])
  const actors = await reading.value('actor.list', {})
  return succeed(actors.ok ? (actors.value as { publicKey: string }[]).map(({ publicKey }) => publicKey) : [])
}

const hex = /^[0-9a-f]{64}$/i

/** As hex digits, or in a file: hex digits, JSON with a `publicKey`, or PEM. */
function readKey(given: string): Result<string> {
  if (hex.test(given)) return succeed(given.toLowerCase())
  let text: string
  try {
    text = readFileSync(given, 'utf8').trim()
  } catch (error) {
    return fail('file-unreadable', {
      file: given,
      reason: error instanceof Error ? error.message : String(error),
    })
  }
  const found = hex.test(text) ? text : text.startsWith('-----') ? fromPem(text) : fromJson(text)
  return found !== null && hex.test(found)
    ? succeed(found.toLowerCase())
    : fail('key-malformed', { key: given })
}

function fromPem(text: string): string | null {
  try {
    const { x, crv } = createPublicKey(text).export({ format: 'jwk' })
    return crv === 'Ed25519' ? Buffer.from(x ?? '', 'base64url').toString('hex') : null
  } catch {
    return null
  }
}

function fromJson(text: string): string | null {
  try {
    const { publicKey } = JSON.parse(text) as { publicKey?: unknown }
    return typeof publicKey === 'string' ? publicKey : null
  } catch {
    return null
  }
}

function verificationText(verification: ReportVerification, words: Words): string {
  const { verdict, signatureValid, signer, signedAt, files } = verification
  return [
    words(`reports:verdict.${verdict}`),
    words('reports:cli.signedBy', { actor: signer.actor, at: signedAt, key: signer.publicKey }),
    ...(signatureValid ? [] : [words('reports:cli.signatureWrong')]),
    ...files.map(({ name, state }) => `  ${name}: ${words(`reports:fileState.${state}`)}`),
  ].join('\n')
}
