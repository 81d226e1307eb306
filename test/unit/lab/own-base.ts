/**
 * A block of loopback addresses of this process's own: test files run side by side, and so do developers. The first half of
 * 127.0.0.0/8 is left to people who name their block themselves.
 */
export function ownBase(): string {
  const slot = process.pid % (120 * 127)
  return `127.${130 + Math.floor(slot / 127)}.${2 * (slot % 127)}.0/24`
}
