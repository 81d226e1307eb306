import { behindNginxLogin } from '#lab/front/nginx.ts'
import { labHost } from '#lab/host.ts'
import { type LabHost, startLab } from '#lab/lab.ts'
import { ollama } from '#lab/ollama/server.ts'
import { held } from '#lab/organisation/held.ts'
import { openOllama } from '#lab/truth.ts'

export interface SmallHost {
  readonly at: number
  readonly version: string
  readonly models: readonly string[]
  /** A password on everything. */
  readonly login?: boolean
}

function hostOf({ at, version, models, login }: SmallHost): LabHost {
  const holds = models.map(name => held(name, '2026-08-24T07:55:41.118273645+02:00'))
  const server = ollama({ version, holds })
  const serves = login === true ? behindNginxLogin(server, () => true) : server
  // What can be known of it is not what these hosts are for.
  const known = openOllama({ version, models: [], capabilities: [], toolCalling: false, running: [] })
  return labHost(at, `test host ${at}`, serves, known)
}

/** A few servers in a /28 of loopback, as long as wanted. */
export async function startHosts(
  base: string,
  hosts: readonly SmallHost[],
): Promise<{ stop(): Promise<void> }> {
  return startLab({ base, hosts: hosts.map(hostOf) })
}
