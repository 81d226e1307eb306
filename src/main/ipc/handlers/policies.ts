import { succeed } from '#shared/result.ts'
import { editDueDays, showDueDays } from '../../services/due-days.ts'
import { exceptionLimit, setExceptionLimit } from '../../services/exception-limit.ts'
import { decideException, listExceptions, requestException } from '../../services/exceptions.ts'
import { requestExceptions } from '../../services/exceptions-many.ts'
import { completeFindingQuery } from '../../services/finding-completion.ts'
import { findingFacets, findingPage, listFindings } from '../../services/finding-lists.ts'
import { selectFindings } from '../../services/finding-selection.ts'
import { confirmRemoved, moveFinding, moveFindings, showFinding } from '../../services/findings.ts'
import { addRules, editPolicy, showRule, testPolicy } from '../../services/policies.ts'
import { countRules, previewRule } from '../../services/rule-preview.ts'
import { listVersions } from '../../services/rule-versions.ts'
import { listRules } from '../../services/rules-in-force.ts'
import { verifyFinding } from '../../services/verify-finding.ts'
import type { CommandHandlers, QueryHandlers } from '../kinds.ts'

export const policyQueries: QueryHandlers<
  | 'policy.list'
  | 'policy.show'
  | 'policy.test'
  | 'policy.preview'
  | 'policy.counts'
  | 'policy.versions'
  | 'policy.due'
  | 'finding.list'
  | 'finding.page'
  | 'finding.facets'
  | 'finding.complete'
  | 'finding.select'
  | 'finding.show'
  | 'exception.list'
  | 'exception.limit'
> = {
  'policy.list': reading => succeed(listRules(reading)),
  'policy.show': (reading, { key }) => showRule(reading, key),
  'policy.test': testPolicy,
  'policy.preview': previewRule,
  'policy.counts': reading => succeed(countRules(reading)),
  'policy.versions': (reading, request) => succeed(listVersions(reading, request)),
  'policy.due': reading => succeed(showDueDays(reading)),
  'finding.list': listFindings,
  'finding.page': findingPage,
  'finding.facets': findingFacets,
  'finding.complete': (reading, request) => succeed(completeFindingQuery(reading, request)),
  'finding.select': selectFindings,
  'finding.show': (reading, { id }) => showFinding(reading, id),
  'exception.list': reading => succeed(listExceptions(reading)),
  'exception.limit': ({ store, now }) => succeed(exceptionLimit(store, now())),
}

export const policyCommands: CommandHandlers<
  | 'policy.set'
  | 'policy.add'
  | 'policy.set-due'
  | 'finding.move'
  | 'finding.move-all'
  | 'finding.verify'
  | 'finding.confirm-removed'
  | 'exception.set-limit'
  | 'exception.request'
  | 'exception.request-all'
  | 'exception.approve'
  | 'exception.reject'
> = {
  'policy.set': { run: editPolicy },
  'policy.add': { run: addRules },
  'policy.set-due': { run: editDueDays },
  'finding.move': { run: moveFinding },
  'finding.move-all': { run: moveFindings },
  'finding.verify': verifyFinding,
  'finding.confirm-removed': { run: confirmRemoved },
  'exception.set-limit': { run: setExceptionLimit },
  'exception.request': { run: requestException },
  'exception.request-all': { run: requestExceptions },
  'exception.approve': { run: (transaction, { id }) => decideException(transaction, { id, approve: true }) },
  'exception.reject': { run: (transaction, { id }) => decideException(transaction, { id, approve: false }) },
}
