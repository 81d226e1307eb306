/** The only place in the page that reads the clock; everything else is given the time. */
export function now(): number {
  return Date.now()
}
