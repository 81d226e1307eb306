/** `#/policies/unauthenticated`, `#/policies/own-rule/edit`, `#/policies/new` */
export interface PoliciesRoute {
  readonly screen: 'policies'
  /** The key of a rule; `new`: one that is being written. */
  readonly rule: string | null
  readonly isEditing: boolean
  /** Of a new rule: the one it begins as a copy of. */
  readonly from: string | null
}

export const policies: PoliciesRoute = { screen: 'policies', rule: null, isEditing: false, from: null }

export function parsePolicies(
  first: string | undefined,
  second: string | undefined,
  parameters: URLSearchParams,
): PoliciesRoute {
  const rule = keyOf(first)
  return {
    ...policies,
    rule,
    isEditing: rule !== null && (second === 'edit' || rule === 'new'),
    from: keyOf(parameters.get('from') ?? undefined),
  }
}

export function formatPolicies({ rule, isEditing, from }: PoliciesRoute): string {
  if (rule === null) return '#/policies'
  const edit = isEditing && rule !== 'new' ? '/edit' : ''
  return `#/policies/${rule}${edit}${from === null ? '' : `?from=${from}`}`
}

function keyOf(text: string | undefined): string | null {
  return text !== undefined && /^[a-z][a-z0-9-]{0,79}$/.test(text) ? text : null
}
