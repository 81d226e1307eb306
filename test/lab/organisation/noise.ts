import { type LabHost, labHost } from '../host.ts'
import { gpt4All } from '../others/gpt4all.ts'
import { nginxWelcome, redisServer, sshServer } from '../others/not-ai.ts'
import { liteLlm } from '../others/python-servers.ts'
import { absent } from '../truth.ts'

/** What else stands on a port: nothing of it belongs in the inventory, and every way of not answering occurs. */
export const noise: readonly LabHost[] = [
  labHost(200, 'Web server nobody configured', nginxWelcome(), absent('answered')),
  labHost(201, 'SSH moved to a strange port', sshServer, absent('answered')),
  labHost(202, 'Redis moved to a strange port', redisServer, absent('answered')),
  labHost(203, 'Accepts and never says a word', { kind: 'mute' }, absent('failed')),
  labHost(204, 'Accepts and closes at once', { kind: 'hanging-up' }, absent('failed')),
  labHost(205, 'LiteLLM, which asks for a key', liteLlm(), absent('answered'), [4000]),
  labHost(206, 'GPT4All', gpt4All(), absent('answered'), [4891]),
  labHost(210, 'Firewall that drops', { kind: 'silent' }, absent('silent')),
  labHost(211, 'Another firewall that drops', { kind: 'silent' }, absent('silent')),
  labHost(220, 'Switched-off service', { kind: 'refusing' }, absent('refused')),
  labHost(221, 'Printer', { kind: 'refusing' }, absent('refused')),
]
