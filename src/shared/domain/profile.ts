import * as z from 'zod'

/** How hard a scan goes at it. */
export const profileNames = ['gentle', 'normal', 'fast'] as const
export const ProfileName = z.enum(profileNames)
export type ProfileName = z.infer<typeof ProfileName>

/** The numbers behind a profile; shown to whoever chooses one. */
export const Pace = z.object({
  /** Connection attempts per second over the whole scan. */
  rate: z.number().positive(),
  /** The same for one /24 (IPv6: one /120). */
  networkRate: z.number().positive(),
  /** Connection attempts under way at a time, at most. */
  concurrency: z.int().positive(),
  /** How long to wait for a connection before anything is known of a network's round trips, … */
  initialTimeoutMs: z.int().positive(),
  /** … and at least and at most, once it is. */
  floorTimeoutMs: z.int().positive(),
  ceilingTimeoutMs: z.int().positive(),
  /** How often a silent address beside living ones is looked at, at most. */
  looks: z.int().min(1),
})
export type Pace = z.infer<typeof Pace>

/**
 * gentle: for networks with old or fragile devices; a /24 takes half a minute, a /16 some 22 minutes. normal: an
 * office network; a /16 a little over a minute. fast: one's own data centre, where switches and firewalls stand 30,000 new
 * connections a second and answers take a few milliseconds (nmap waits 100 ms at least, with -T5 50 ms;
 * https://nmap.org/book/performance-timing-templates.html). A third and fourth look only follows one that found somebody: then packets are being lost.
 */
export const profiles: Readonly<Record<ProfileName, Pace>> = {
  gentle: {
    rate: 50,
    networkRate: 10,
    concurrency: 64,
    initialTimeoutMs: 3000,
    floorTimeoutMs: 1000,
    ceilingTimeoutMs: 3000,
    looks: 3,
  },
  normal: {
    rate: 1000,
    networkRate: 100,
    concurrency: 1024,
    initialTimeoutMs: 1500,
    floorTimeoutMs: 500,
    ceilingTimeoutMs: 1500,
    looks: 4,
  },
  fast: {
    rate: 30_000,
    networkRate: 3000,
    concurrency: 8192,
    initialTimeoutMs: 1000,
    floorTimeoutMs: 150,
    ceilingTimeoutMs: 1000,
    looks: 5,
  },
}
