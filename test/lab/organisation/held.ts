import { catalogModel } from '../catalog/catalog.ts'
import type { Held, Running } from '../ollama/host.ts'

/** A model of the catalogue, pulled on this host at that moment of its own clock. */
export function held(name: string, modifiedAt: string): Held {
  return { model: catalogModel(name), modifiedAt }
}

/** In memory for good, wholly on the graphics card. */
export function loaded(name: string, bytes: number, contextLength = 4096): Running {
  return { name, bytes, vramBytes: bytes, contextLength, keptFor: 'forever' }
}
