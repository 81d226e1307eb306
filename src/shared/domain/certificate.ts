import * as z from 'zod'
import { IsoInstant } from './instant.ts'

/**
 * What a TLS handshake showed. The certificate is read and never trusted: a scanner looks at expired and self-signed ones
 * too, and says so.
 */
export const Certificate = z.object({
  /** Agreed on with Paddock, which takes the newest there is: `TLSv1.3`. */
  protocol: z.string().nullable(),
  subject: z.string().nullable(),
  issuer: z.string().nullable(),
  /** Host names it is for: the alternative names, or the common name of one that has none. */
  names: z.array(z.string()),
  addresses: z.array(z.string()),
  validFrom: IsoInstant.nullable(),
  validUntil: IsoInstant.nullable(),
  /** Issued and signed by itself. */
  selfSigned: z.boolean(),
  /** SHA-256 of the certificate, 64 hex digits. */
  fingerprint: z.string(),
})
export type Certificate = z.infer<typeof Certificate>

/** The same with what follows from it for the endpoint that showed it, at the time it did. */
export const CertificateDetail = Certificate.extend({
  expired: z.boolean(),
  notYetValid: z.boolean(),
  /** It covers neither the address that was asked nor a name this address is known by from elsewhere. */
  nameMismatch: z.boolean(),
})
export type CertificateDetail = z.infer<typeof CertificateDetail>
