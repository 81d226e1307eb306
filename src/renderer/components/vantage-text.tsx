import { Tooltip } from '@mantine/core'
import type { Vantage } from '#shared/domain/vantage.ts'
import { useWords, type Words } from '../i18n/use-words.ts'
import { Unknown } from './marks.tsx'
import { Mono } from './mono.tsx'

/** Where a scan looked from: the own address; on hover everything that tells this place from another. */
export function VantageShort({ vantage }: { vantage: Vantage | null }) {
  const { t } = useWords()
  if (vantage === null) return <Unknown />
  return (
    <Tooltip label={[vantage.interface, ...vantageTraits(vantage, t)].join('\n')}>
      <span>
        <Mono>{vantage.prefix}</Mono>
      </span>
    </Tooltip>
  )
}

/** The same written out. */
export function VantageText({ vantage }: { vantage: Vantage | null }) {
  const { t } = useWords()
  if (vantage === null) return <Unknown />
  return (
    <>
      <Mono>{vantage.prefix}</Mono>{' '}
      {[t('vantage.on', { name: vantage.interface }), ...vantageTraits(vantage, t)].join(', ')}
    </>
  )
}

function vantageTraits({ gateway, gatewayHardware, dnsSuffix, vpn }: Vantage, t: Words): string[] {
  return [
    ...(gateway === null ? [] : [t('vantage.gateway', { address: gateway })]),
    ...(gatewayHardware === null ? [] : [t('vantage.hardware', { address: gatewayHardware })]),
    ...(dnsSuffix === null ? [] : [t('vantage.dnsSuffix', { suffix: dnsSuffix })]),
    ...(vpn ? [t('vantage.vpn')] : []),
  ]
}
