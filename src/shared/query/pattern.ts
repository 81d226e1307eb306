/** How a name is compared: as a whole, as a part, or with `*` for any text. All texts are folded. */
export type Pattern =
  | { readonly kind: 'is'; readonly text: string }
  | { readonly kind: 'has'; readonly text: string }
  /** What stands between the stars, in order: the first begins the name, the last ends it. */
  | { readonly kind: 'like'; readonly parts: readonly string[] }

/** Upper and lower case, composed and decomposed letters are the same. */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

/** Whether a folded name is what the pattern says. Linear: no backtracking whatever the stars. */
export function fits(pattern: Pattern, folded: string): boolean {
  switch (pattern.kind) {
    case 'is':
      return folded === pattern.text
    case 'has':
      return folded.includes(pattern.text)
    case 'like':
      return fitsStars(pattern.parts, folded)
  }
}

function fitsStars(parts: readonly string[], text: string): boolean {
  const [first = '', ...rest] = parts
  const last = rest.pop() ?? ''
  if (!text.startsWith(first) || text.length < first.length + last.length) return false
  let at = first.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return at <= text.length - last.length && text.endsWith(last)
}
