import { type Actor, type ActorRoleEdit, Role, roles } from '#shared/domain/actor.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { actorByName, listActors, setActorRole } from '../store/actors.ts'
import { actorOf } from './actors.ts'
import type { Transaction } from './context.ts'

/** Gives a person another role, at once and for what they act in already. Somebody always administers. */
export function changeRole(transaction: Transaction, input: ActorRoleEdit): Result<Actor> {
  const { store, changed } = transaction
  const record = actorByName(store, { name: input.actor.trim() })
  if (record === undefined) return fail('actor-unknown', { actor: input.actor })
  const role = Role.safeParse(input.role)
  if (!role.success) return fail('role-unknown', { role: input.role, roles: roles.join(', ') })
  const before = actorOf(record)
  if (before.role === role.data) return succeed(before)
  const others = listActors(store, {}).filter(each => each.role === 'administrator' && each.id !== record.id)
  if (before.role === 'administrator' && others.length === 0)
    return fail('administrator-last', { actor: before.name })
  setActorRole(store, { id: record.id, role: role.data })
  const after = { ...before, role: role.data }
  changed(`actor ${record.id}`, before, after)
  return succeed(after)
}
