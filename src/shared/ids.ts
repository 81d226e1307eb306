import * as z from 'zod'

const id = z.int().positive()
export const SiteId = id.brand<'site'>()
export const RangeId = id.brand<'range'>()
export const VantageId = id.brand<'vantage'>()
export const ScanId = id.brand<'scan'>()
export const EndpointId = id.brand<'endpoint'>()
export const InstanceId = id.brand<'instance'>()
export const ActorId = id.brand<'actor'>()
export const FindingId = id.brand<'finding'>()
export const ExceptionId = id.brand<'exception'>()
export const OwnerId = id.brand<'owner'>()
export const ImportId = id.brand<'import'>()
export const ProposalId = id.brand<'proposal'>()
export type SiteId = z.infer<typeof SiteId>
export type RangeId = z.infer<typeof RangeId>
export type VantageId = z.infer<typeof VantageId>
export type ScanId = z.infer<typeof ScanId>
export type EndpointId = z.infer<typeof EndpointId>
export type InstanceId = z.infer<typeof InstanceId>
export type ActorId = z.infer<typeof ActorId>
export type OwnerId = z.infer<typeof OwnerId>
export type FindingId = z.infer<typeof FindingId>
export type ExceptionId = z.infer<typeof ExceptionId>
export type ImportId = z.infer<typeof ImportId>
export type ProposalId = z.infer<typeof ProposalId>
