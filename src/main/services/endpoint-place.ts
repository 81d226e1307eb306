import { formatAddressPort } from '#shared/domain/address.ts'

/** Names a way in: `https://10.0.0.1:443/ollama`. */
export function placeText(endpoint: {
  readonly scheme: string
  readonly address: string
  readonly port: number
  readonly base_path: string
}): string {
  return `${endpoint.scheme}://${formatAddressPort(endpoint.address, endpoint.port)}${endpoint.base_path}`
}
