/** Why the simulated organisation cannot start, and what to do about it. */
export class LabError extends Error {
  readonly code: 'base-malformed' | 'port-in-use' | 'address-unavailable' | 'hosts-misplaced'
  readonly next: string

  constructor(code: LabError['code'], message: string, next: string) {
    super(message)
    this.code = code
    this.next = next
  }
}
