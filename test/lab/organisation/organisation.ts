import type { LabHost } from '../host.ts'
import { canaries } from './canaries.ts'
import { dockerHosts } from './docker-hosts.ts'
import { gpuServers } from './gpu-servers.ts'
import { guarded } from './guarded.ts'
import { laptops } from './laptops.ts'
import { honeypots, lookAlikes } from './look-alikes.ts'
import { noise } from './noise.ts'
import { oldMachines } from './old-machines.ts'
import { servers } from './servers.ts'

/** Example & Partners AG: everything that lives in its one /24, by address. */
export const organisation: readonly LabHost[] = [
  ...oldMachines, // .10 to .19
  ...dockerHosts, // .20 to .27
  ...laptops, // .30 to .36
  ...servers, // .50 to .55
  ...gpuServers, // .60 to .68
  ...guarded, // .100 to .106
  ...lookAlikes, // .140 to .149
  ...honeypots, // .180 to .182
  ...noise, // .200 to .221
  ...canaries, // .248 and up, and in the next block
]
