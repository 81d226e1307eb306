/** Offers a text as a file; where it goes, the system asks. */
export function saveText(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The file is read while it is saved, which may take its time.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
