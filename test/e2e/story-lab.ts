import { type Lab, type LabHost, startLab } from '#lab/lab.ts'
import { organisation } from '#lab/organisation/organisation.ts'

/** The organisation on its network, whose machines can be changed while nobody looks. */
export interface ChangingLab {
  readonly now: Lab
  /** Another machine stands where that one stood. */
  replace(host: LabHost): Promise<void>
  stop(): Promise<void>
}

export async function startChangingLab(base: string): Promise<ChangingLab> {
  let hosts = organisation
  let now = await startLab({ base, hosts })
  return {
    get now() {
      return now
    },
    async replace(host) {
      hosts = hosts.map(each => (each.at === host.at ? host : each))
      await now.stop()
      now = await startLab({ base, hosts })
    },
    stop: () => now.stop(),
  }
}
