/** Closes a union: the compiler fails where a case is missing, the program where data lied about its type. */
export function assertNever(value: never): never {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`)
}
