/** Seconds since 1970 of an RFC 3339 time with up to nine fractional digits. */
export function secondsOf(text: string): number {
  return Math.floor(Date.parse(text.replace(/(\.\d{3})\d+/, '$1')) / 1000)
}

/** Milliseconds as Go prints them, in the time zone of another time text. */
export function goTime(milliseconds: number, likeZoneOf: string): string {
  const zone = /(Z|[+-]\d\d:\d\d)$/.exec(likeZoneOf)?.[1] ?? 'Z'
  const [hours = 0, minutes = 0] = zone === 'Z' ? [] : zone.slice(1).split(':').map(Number)
  const offset = (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
  // Go drops trailing zeros; nine digits that never end in one look like a clock's.
  const local = new Date(milliseconds + offset * 60_000).toISOString().slice(0, -1)
  return `${local}450933${zone}`
}
