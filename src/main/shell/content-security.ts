import { readFile } from 'node:fs/promises'
import { app, protocol, type Session } from 'electron'
import {
  contentSecurityPolicy,
  fileOf,
  isAllowedRequest,
  isOwnText,
  typeOf,
  withNonce,
} from './page-policy.ts'

export interface PageSource {
  /** The built page: `out/renderer`. */
  readonly folder: string
  /** Vite's address while developing, else null. */
  readonly devServer: string | null
  readonly newNonce: () => string
}

/** Must run before Electron is ready. */
export function prepareContentSecurity(devServer: string | null): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
  // root starts with --no-sandbox, which every other process of Chromium then needs as well
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  // Chromium's own errands: updates of components, field trials, pings
  for (const name of ['disable-background-networking', 'disable-component-update', 'no-pings']) {
    app.commandLine.appendSwitch(name)
  }
  // no name is ever resolved: what slips through everything else goes nowhere
  if (devServer === null) app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
}

/** Serves the page, and refuses everything a page of ours never needs. */
export function secureSession(session: Session, page: PageSource): void {
  session.protocol.handle('app', request => serve(request.url, page))
  session.webRequest.onBeforeRequest((details, decide) =>
    decide({ cancel: !isAllowedRequest(details.url, page.devServer) }),
  )
  // writing to the clipboard, after a click, is how digests and addresses are copied
  const mayUse = (permission: string) => permission === 'clipboard-sanitized-write'
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(mayUse(permission)))
  session.setPermissionCheckHandler((_contents, permission) => mayUse(permission))
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false) // it would download dictionaries
  // Only texts the page itself has made; the system asks where they go.
  session.on('will-download', (event, item) => {
    if (!isOwnText(item.getURL(), page.devServer)) event.preventDefault()
  })
}

async function serve(address: string, { folder, newNonce }: PageSource): Promise<Response> {
  const file = fileOf(address, folder)
  if (file === null) return new Response(null, { status: 404 })
  try {
    const content = await readFile(file)
    const nonce = newNonce()
    const isPage = file.endsWith('.html')
    const body = isPage ? withNonce(content.toString('utf8'), nonce) : new Uint8Array(content)
    return new Response(body, { headers: headersFor(file, nonce) })
  } catch {
    return new Response(null, { status: 404 })
  }
}

function headersFor(file: string, nonce: string): Record<string, string> {
  return {
    'Content-Type': typeOf(file),
    'Content-Security-Policy': contentSecurityPolicy(nonce),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    // the nonce is for one load
    'Cache-Control': file.endsWith('.html') ? 'no-store' : 'no-cache',
  }
}
