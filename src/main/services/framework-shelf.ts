import { createHash } from 'node:crypto'
import { type Framework, FrameworkPack, type FrameworkProblem } from '#shared/domain/framework.ts'

/** A file as it was found. */
export interface FrameworkFile {
  readonly name: string
  readonly text: string
  readonly origin: Framework['origin']
}

export interface ShelvedPack {
  readonly pack: FrameworkPack
  readonly about: Framework
}

/** Every framework there is: those that came with Paddock and those put into the data folder. */
export interface FrameworkShelf {
  read(): { readonly packs: readonly ShelvedPack[]; readonly problems: readonly FrameworkProblem[] }
}

/** Reads the files anew each time: a pack that was just put there counts. Of two with the same id the own one holds. */
export function createFrameworkShelf(files: () => readonly FrameworkFile[]): FrameworkShelf {
  return {
    read() {
      const packs = new Map<string, ShelvedPack>()
      const problems: FrameworkProblem[] = []
      for (const file of files()) {
        const pack = readPack(file)
        if ('problem' in pack) problems.push({ file: file.name, problem: pack.problem })
        else packs.set(pack.pack.framework, pack)
      }
      const byId = (a: ShelvedPack, b: ShelvedPack) => (a.pack.framework < b.pack.framework ? -1 : 1)
      return { packs: [...packs.values()].sort(byId), problems }
    },
  }
}

function readPack({ text, origin }: FrameworkFile): ShelvedPack | { readonly problem: string } {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
  const parsed = FrameworkPack.safeParse(content)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` }
  }
  const { controls, format: _, ...head } = parsed.data
  const digest = createHash('sha256').update(text).digest('hex')
  return { pack: parsed.data, about: { ...head, controlCount: controls.length, origin, digest } }
}
