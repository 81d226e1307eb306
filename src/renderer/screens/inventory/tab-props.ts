import type { InstanceDetail } from '#shared/domain/instance.ts'

/** What every tab of the drawer is given. */
export interface TabProps {
  readonly instance: InstanceDetail
}
