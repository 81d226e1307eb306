import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { type ReportFile, ReportManifest, type ReportVerification } from '#shared/domain/report.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { listActors } from '../store/actors.ts'
import type { Reading } from './context.ts'
import { inOrder, manifestFile, manifestPath, manifestText, pathBeside } from './report-manifest.ts'
import { isSignedBy } from './signatures.ts'

type FileState = ReportVerification['files'][number]['state']

/** Whether a report and its annexes are as they were signed, by somebody this data folder knows. */
export function verifyReport(
  { store }: Pick<Reading, 'store'>,
  { file, keys }: { readonly file: string; readonly keys: readonly string[] },
): Result<ReportVerification> {
  const known = listActors(store, {}).map(actor => Buffer.from(actor.public_key).toString('hex'))
  return verifyReportFile(file, keys.length > 0 ? keys : known)
}

/** The same anywhere: needs the file, the manifest beside it, and the keys that are trusted. */
export function verifyReportFile(path: string, trusted: readonly string[]): Result<ReportVerification> {
  const file = path.endsWith('.manifest.json') ? path.slice(0, -'.manifest.json'.length) : path
  const read = readManifest(manifestPath(file))
  if (!read.ok) return read
  const { manifest, isAsWritten } = read.value
  const { signer, signature, signedAt, asOf, report, organisation } = manifest
  const signatureValid = isAsWritten && isSignedBy(signer.publicKey, manifestText(manifest), signature)
  const files = manifest.files.map(each => ({
    name: each.name,
    role: each.role,
    state: stateOf(pathBeside(file, manifest, each.name), each),
  }))
  const main = files.find(({ role }) => role === 'report')
  if (main === undefined || main.state === 'missing')
    return fail('file-unreadable', { file, reason: 'ENOENT' })
  const isIntact = signatureValid && files.every(({ state }) => state === 'intact')
  const isTrusted = trusted.includes(signer.publicKey)
  const verdict = !isIntact ? 'altered' : isTrusted ? 'intact' : 'unknown-signer'
  return succeed({ verdict, signatureValid, signer, signedAt, asOf, request: report, organisation, files })
}

/**
 * `isAsWritten`: its text is, byte for byte, what is written for what was read from it. Otherwise it may say more to people
 * than was signed: a key twice, one more beside those that are known.
 */
function readManifest(
  path: string,
): Result<{ readonly manifest: ReportManifest; readonly isAsWritten: boolean }> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return fail('report-manifest-missing', { file: path })
  }
  try {
    const found: unknown = JSON.parse(text)
    const manifest = ReportManifest.parse(found)
    const isAsWritten = text === manifestFile(found) && inOrder(found) === inOrder(manifest)
    return succeed({ manifest, isAsWritten })
  } catch {
    return fail('report-manifest-malformed', { file: path })
  }
}

function stateOf(path: string, { bytes, sha256 }: ReportFile): FileState {
  const found = digestOf(path)
  if (found === null) return 'missing'
  return found.bytes === bytes && found.sha256 === sha256 ? 'intact' : 'altered'
}

const pieceBytes = 1_048_576

function digestOf(path: string): Pick<ReportFile, 'bytes' | 'sha256'> | null {
  let handle: number
  try {
    handle = openSync(path, 'r')
  } catch {
    return null
  }
  try {
    const hash = createHash('sha256')
    const piece = Buffer.alloc(pieceBytes)
    let bytes = 0
    for (;;) {
      const read = readSync(handle, piece)
      if (read === 0) return { bytes, sha256: hash.digest('hex') }
      hash.update(piece.subarray(0, read))
      bytes += read
    }
  } finally {
    closeSync(handle)
  }
}
