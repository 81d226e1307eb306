import type { Role } from '#shared/domain/actor.ts'

/** Commands only some roles may give; every other one needs an administrator or an analyst. */
const reserved: Readonly<Record<string, readonly Role[]>> = {
  'actor.add': ['administrator'],
  'actor.set-role': ['administrator'],
  'audit.erase': ['administrator'],
  'policy.set': ['administrator'],
  'policy.add': ['administrator'],
  'policy.set-due': ['administrator'],
  'exception.set-limit': ['administrator'],
  'exception.approve': ['administrator', 'approver'],
  'exception.reject': ['administrator', 'approver'],
  'webhook.set': ['administrator'],
  'webhook.remove': ['administrator'],
  'webhook.test': ['administrator'],
  'export.write': ['administrator', 'analyst', 'approver', 'auditor'],
  'risk.override': ['administrator', 'approver'],
  'risk.withdraw': ['administrator', 'approver', 'analyst'],
  // One's own, whoever one is; the service looks at whose it is.
  'actor.set-passphrase': ['administrator', 'analyst', 'approver', 'auditor'],
  'audit.sign': ['administrator', 'analyst', 'approver', 'auditor'],
  'report.create': ['administrator', 'analyst', 'approver', 'auditor'],
}
const usual: readonly Role[] = ['administrator', 'analyst']

/** Who may give a command. What may be asked, everybody may ask. */
export function mayCommand(role: Role, command: string): boolean {
  return rolesFor(command).includes(role)
}

export function rolesFor(command: string): readonly Role[] {
  return reserved[command] ?? usual
}
