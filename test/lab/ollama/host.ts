import type { CatalogModel } from '../catalog/model.ts'
import type { Bound } from './host-check.ts'

/** One simulated Ollama: what its owner installed, configured and pulled. */
export interface OllamaHost {
  /** As `/api/version` gives it. */
  readonly version: string
  /** The release it really is, where the version text hides that (`0.0.0`). */
  readonly behavesAs?: string
  /** Default: everywhere, else nobody would meet it. */
  readonly bound?: Bound
  readonly machineName?: string
  /** OLLAMA_ORIGINS. */
  readonly origins?: readonly string[]
  /** Who switched cloud models off, if anybody (since 0.16.2). */
  readonly cloudOff?: 'env' | 'config' | 'both'
  /** Where its models lie: `show` leaks it. Default: the service's folder on Linux. */
  readonly folder?: string
  readonly holds: readonly Held[]
  readonly running?: readonly Running[]
  /** One manifest on its disk is not JSON: 0.3.14 then refuses its lists altogether (observed, case x-badmanifest-tags). */
  readonly corruptManifest?: string
  /** Fields no release has: a fork, or a release newer than the reader. */
  readonly extraFields?: Readonly<Record<string, unknown>>
}

export interface Held {
  readonly model: CatalogModel
  /** Of the manifest file, in the host's own time zone: the same model differs in it from host to host. */
  readonly modifiedAt: string
  /** Its weights are gone from the disk: still listed, but `show` does not find it (observed, case x-noblob-show). */
  readonly damaged?: boolean
}

export interface Running {
  /** The name of a held model. */
  readonly name: string
  readonly bytes: number
  readonly vramBytes: number
  readonly contextLength: number
  /**
   * Until when it stays loaded. `forever` is keep-alive -1, shown as some 292 years ahead; a number of seconds moves with
   * the clock, as on a machine that is in use all the time.
   */
  readonly keptFor: 'forever' | number
}
