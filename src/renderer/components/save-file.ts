/** Offers something the page made for saving: the system asks where. */
export function saveFile(name: string, content: string | Blob, mediaType: string): void {
  const blob = typeof content === 'string' ? new Blob([content], { type: mediaType }) : content
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** The bytes behind a `data:` address. */
export function blobOf(dataAddress: string): Blob {
  const [head = '', body = ''] = dataAddress.split(',')
  const bytes = Uint8Array.from(atob(body), character => character.charCodeAt(0))
  return new Blob([bytes], { type: head.slice(5).split(';')[0] ?? '' })
}

/** Rows as CSV (RFC 4180); what a spreadsheet would take for a formula is text. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return `${rows.map(row => row.map(cell).join(',')).join('\r\n')}\r\n`
}
