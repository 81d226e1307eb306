/** An Ollama release, as far as its number says what it can do. */
export interface Release {
  /** What `/api/version` answers, which need not be a plain number: `0.5.7-0-ga420a45-dirty`, `0.0.0`. */
  readonly text: string
  /** Whether the behaviour that came with the given version is in. */
  readonly since: (version: string) => boolean
}

/** `behavesAs` is for builds whose text hides their age: distributions that forgot to stamp it call themselves 0.0.0. */
export function release(text: string, behavesAs: string = text): Release {
  const own = numbersOf(behavesAs)
  return { text, since: version => compare(own, numbersOf(version)) >= 0 }
}

type Numbers = readonly [number, number, number]

function numbersOf(text: string): Numbers {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text)
  if (match === null) throw new Error(`not an Ollama version: ${text}`)
  return [Number(match[1]), Number(match[2]), Number(match[3])]
}

function compare(a: Numbers, b: Numbers): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}
