import type { WorkspaceInfo } from '#shared/domain/workspace.ts'
import { countInstances } from '../store/instances.ts'
import { listRanges } from '../store/ranges.ts'
import type { Reading } from './context.ts'

export function showWorkspace({ store, about }: Reading): WorkspaceInfo {
  return {
    ...about,
    rangeCount: listRanges(store, {}).length,
    instanceCount: countInstances(store, {})?.count ?? 0,
  }
}
