export const riskParts = ['heatmaps', 'map', 'tools', 'whatif', 'decided'] as const
export type RiskPart = (typeof riskParts)[number]

export interface RiskRoute {
  readonly screen: 'risk'
  readonly part: RiskPart
}

export const risk: RiskRoute = { screen: 'risk', part: 'heatmaps' }

/** `#/risk/map` */
export function parseRisk(part: string | undefined): RiskRoute {
  return { ...risk, part: riskParts.find(each => each === part) ?? 'heatmaps' }
}

export function formatRisk({ part }: RiskRoute): string {
  return part === 'heatmaps' ? '#/risk' : `#/risk/${part}`
}
