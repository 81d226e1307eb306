import type { ListedModel } from '#shared/domain/observation.ts'
import { changeTag, sightModel } from '../store/held-models.ts'
import type { WritableStore } from '../store/statement.ts'

/** Notes what is new about models where a list has changed: contents seen for the first time, names that mean another one. */
export function noteModels(
  store: WritableStore,
  seen: { readonly endpoint: number; readonly scan: number; readonly at: number },
  before: readonly ListedModel[] | null,
  after: readonly ListedModel[] | null,
): void {
  const meant = new Map((before ?? []).map(({ name, digest }) => [name, digest]))
  for (const { name, digest } of after ?? []) {
    const was = meant.get(name)
    if (digest === null || digest === was) continue
    sightModel(store, { digest, at: seen.at })
    if (was != null) changeTag(store, { ...seen, name, from: was, to: digest })
  }
}
