import { succeed } from '#shared/result.ts'
import { decideException, listExceptions, requestException } from '../../services/exceptions.ts'
import { completeFindingQuery } from '../../services/finding-completion.ts'
import { findingFacets, findingPage, listFindings, selectFindings } from '../../services/finding-lists.ts'
import { confirmRemoved, moveFinding, moveFindings, showFinding } from '../../services/findings.ts'
import { addRules, editPolicy, listRules, showRule, testPolicy } from '../../services/policies.ts'
import { verifyFinding } from '../../services/verify-finding.ts'
import type { CommandHandlers, QueryHandlers } from '../kinds.ts'

export const policyQueries: QueryHandlers<
  | 'policy.list'
  | 'policy.show'
  | 'policy.test'
  | 'finding.list'
  | 'finding.page'
  | 'finding.facets'
  | 'finding.complete'
  | 'finding.select'
  | 'finding.show'
  | 'exception.list'
> = {
  'policy.list': reading => succeed(listRules(reading)),
  'policy.show': (reading, { key }) => showRule(reading, key),
  'policy.test': testPolicy,
  'finding.list': listFindings,
  'finding.page': findingPage,
  'finding.facets': findingFacets,
  'finding.complete': (reading, request) => succeed(completeFindingQuery(reading, request)),
  'finding.select': selectFindings,
  'finding.show': (reading, { id }) => showFinding(reading, id),
  'exception.list': reading => succeed(listExceptions(reading)),
}

export const policyCommands: CommandHandlers<
  | 'policy.set'
  | 'policy.add'
  | 'finding.move'
  | 'finding.move-all'
  | 'finding.verify'
  | 'finding.confirm-removed'
  | 'exception.request'
  | 'exception.approve'
  | 'exception.reject'
> = {
  'policy.set': { run: editPolicy },
  'policy.add': { run: addRules },
  'finding.move': { run: moveFinding },
  'finding.move-all': { run: moveFindings },
  'finding.verify': verifyFinding,
  'finding.confirm-removed': { run: confirmRemoved },
  'exception.request': { run: requestException },
  'exception.approve': { run: (transaction, { id }) => decideException(transaction, { id, approve: true }) },
  'exception.reject': { run: (transaction, { id }) => decideException(transaction, { id, approve: false }) },
}
