import { formatBlock, parseBlock } from '#shared/domain/address-block.ts'
import { Section } from '../../components/facts.tsx'
import { Mono } from '../../components/mono.tsx'
import { useWords } from '../../i18n/use-words.ts'
import css from './scans.module.css'

export interface ScanSparedProps {
  readonly exclusions: readonly string[]
  readonly tarpits: readonly string[]
}

/** What the scan stayed away from, and what it did not believe. */
export function ScanSpared({ exclusions, tarpits }: ScanSparedProps) {
  const { t } = useWords()
  return (
    <>
      <Section title={t('ranges.exclusions')}>
        <Blocks blocks={exclusions.map(asRegistered)} />
      </Section>
      <Section title={t('scans.tarpits')} note={t('scans.tarpitsNote')}>
        <Blocks blocks={tarpits} />
      </Section>
    </>
  )
}

/** A plan keeps first and last address; people wrote a network. */
function asRegistered(text: string): string {
  const block = parseBlock(text)
  return block.ok ? formatBlock(block.value) : text
}

function Blocks({ blocks }: { blocks: readonly string[] }) {
  const { t } = useWords()
  if (blocks.length === 0) return <p className={css['after']}>{t('scans.noBlocks')}</p>
  return (
    <ul className={css['blocks']}>
      {blocks.map(block => (
        <li key={block}>
          <Mono>{block}</Mono>
        </li>
      ))}
    </ul>
  )
}
