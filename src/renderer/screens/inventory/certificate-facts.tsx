import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react'
import type { CertificateDetail } from '#shared/domain/certificate.ts'
import { Fact, Facts, Section } from '../../components/facts.tsx'
import { Unknown } from '../../components/marks.tsx'
import { Copyable, Mono } from '../../components/mono.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatDate } from '../../format/dates.ts'
import { useWords } from '../../i18n/use-words.ts'

const flaws = ['selfSigned', 'expired', 'notYetValid', 'nameMismatch'] as const

/** What the handshake showed. It was read, and not trusted. */
export function CertificateFacts({ certificate }: { certificate: CertificateDetail }) {
  const { t } = useWords()
  const language = useLanguage()
  const { protocol, subject, issuer, names, addresses, validFrom, validUntil, fingerprint } = certificate
  const found = flaws.filter(flaw => certificate[flaw])
  const day = (instant: string) => formatDate(instant.slice(0, 10), language)
  return (
    <Section title={t('certificate.title')} note={t('certificate.note')}>
      <Facts>
        <Fact name={t('certificate.state')}>
          {found.length === 0 ? (
            <StatusMark icon={IconCircleCheck} tone="ok" word={t('certificate.sound')} />
          ) : (
            found.map(flaw => (
              <div key={flaw}>
                <StatusMark icon={IconAlertCircle} tone="attention" word={t(`certificate.${flaw}`)} />
              </div>
            ))
          )}
        </Fact>
        <Fact name={t('certificate.protocol')}>{protocol ?? <Unknown />}</Fact>
        <Fact name={t('certificate.subject')}>{subject ?? <Unknown />}</Fact>
        <Fact name={t('certificate.issuer')}>{issuer ?? <Unknown />}</Fact>
        <Fact name={t('certificate.names')}>
          {[...names, ...addresses].length === 0 ? t('terms:none') : null}
          {[...names, ...addresses].map(name => (
            <div key={name}>
              <Mono>{name}</Mono>
            </div>
          ))}
        </Fact>
        <Fact name={t('certificate.validity')}>
          {validFrom === null || validUntil === null ? (
            <Unknown />
          ) : (
            t('certificate.validBetween', { from: day(validFrom), until: day(validUntil) })
          )}
        </Fact>
        <Fact name={t('certificate.fingerprint')}>
          <Copyable
            text={fingerprint}
            shown={fingerprint.slice(0, 32)}
            label={t('certificate.copyFingerprint')}
          />
        </Fact>
      </Facts>
    </Section>
  )
}
