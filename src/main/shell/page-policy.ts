import { extname, join, sep } from 'node:path'

/** The page's own address: a standard, secure scheme, so that 'self' means these files and nothing else. */
export const pageOrigin = 'app://paddock'
export const pageAddress = `${pageOrigin}/index.html`

/**
 * Nothing from outside, no inline script. Inline styles only with the nonce of this load: Mantine and AG Grid write
 * style tags.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Tells the page its nonce twice: as `<html data-nonce>` and as `<meta name="csp-nonce">`. */
export function withNonce(html: string, nonce: string): string {
  return html
    .replace(/<html\b/i, `<html data-nonce="${nonce}"`)
    .replace(/<head\b[^>]*>/i, head => `${head}<meta name="csp-nonce" content="${nonce}">`)
}

/** The file an address of the page means; null if it is none of ours, however it is written. */
export function fileOf(address: string, folder: string): string | null {
  const url = parse(address)
  if (url === null || `${url.protocol}//${url.host}` !== pageOrigin) return null
  const path = decode(url.pathname)
  if (path === null || path.includes('\0') || path.includes('\\')) return null
  const file = join(folder, path)
  return file.startsWith(folder + sep) ? file : null
}

/** A text the page has made itself, to be saved as a file. */
export function isOwnText(address: string, devServer: string | null): boolean {
  return [pageOrigin, devServer].some(origin => origin !== null && address.startsWith(`blob:${origin}/`))
}

function parse(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

export function typeOf(file: string): string {
  return types[extname(file)] ?? 'application/octet-stream'
}

/** What may be loaded at all, whatever a policy says. `devServer`: the address of Vite, only while developing. */
export function isAllowedRequest(address: string, devServer: string | null): boolean {
  if (address.startsWith(`${pageOrigin}/`) || address.startsWith('data:')) return true
  if (address.startsWith(`blob:${pageOrigin}/`)) return true
  if (devServer === null) return false
  const socket = devServer.replace(/^http/, 'ws')
  return address.startsWith('devtools://') || isBelow(address, devServer) || isBelow(address, socket)
}

/** Whether a message or a navigation concerns our page. */
export function isOurPage(address: string, devServer: string | null): boolean {
  return address.startsWith(`${pageOrigin}/`) || (devServer !== null && isBelow(address, devServer))
}

function isBelow(address: string, server: string): boolean {
  return address === server || address.startsWith(`${server.replace(/\/$/, '')}/`)
}
