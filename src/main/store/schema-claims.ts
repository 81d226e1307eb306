/** What servers said about models, and what follows from it. */
export interface CapabilityClaims {
  site_id: number
  digest: string
  generation: string
  endpoint_id: number
  capabilities: string
  method: string
  system_prompt: string | null
  asked_at: number
  scan_id: number
  /** The number of a text; null: asked by a version that did not read it. */
  licence: number | null
}

export interface ModelLicences {
  digest: string
  /** The number of a text. */
  licence: number
}
