import { createInstance, type i18n } from 'i18next'
import deAudit from '../../../resources/locales/de/audit.json'
import deConsole from '../../../resources/locales/de/console.json'
import deExchange from '../../../resources/locales/de/exchange.json'
import deFailures from '../../../resources/locales/de/failures.json'
import deFindings from '../../../resources/locales/de/findings.json'
import deGovernance from '../../../resources/locales/de/governance.json'
import deHistory from '../../../resources/locales/de/history.json'
import deIdentity from '../../../resources/locales/de/identity.json'
import deModels from '../../../resources/locales/de/models.json'
import dePolicies from '../../../resources/locales/de/policies.json'
import deReports from '../../../resources/locales/de/reports.json'
import deRisk from '../../../resources/locales/de/risk.json'
import deTerms from '../../../resources/locales/de/terms.json'
import deTriage from '../../../resources/locales/de/triage.json'
import enAudit from '../../../resources/locales/en/audit.json'
import enConsole from '../../../resources/locales/en/console.json'
import enExchange from '../../../resources/locales/en/exchange.json'
import enFailures from '../../../resources/locales/en/failures.json'
import enFindings from '../../../resources/locales/en/findings.json'
import enGovernance from '../../../resources/locales/en/governance.json'
import enHistory from '../../../resources/locales/en/history.json'
import enIdentity from '../../../resources/locales/en/identity.json'
import enModels from '../../../resources/locales/en/models.json'
import enPolicies from '../../../resources/locales/en/policies.json'
import enReports from '../../../resources/locales/en/reports.json'
import enRisk from '../../../resources/locales/en/risk.json'
import enTerms from '../../../resources/locales/en/terms.json'
import enTriage from '../../../resources/locales/en/triage.json'
import type { Language } from '../format/language.ts'

/** The words of the console by language. `failures` and `terms` are the command line's as well. */
export const resources = {
  en: {
    console: enConsole,
    audit: enAudit,
    exchange: enExchange,
    failures: enFailures,
    governance: enGovernance,
    history: enHistory,
    identity: enIdentity,
    models: enModels,
    reports: enReports,
    risk: enRisk,
    terms: enTerms,
    triage: enTriage,
    findings: enFindings,
    policies: enPolicies,
  },
  de: {
    console: deConsole,
    audit: deAudit,
    exchange: deExchange,
    failures: deFailures,
    governance: deGovernance,
    history: deHistory,
    identity: deIdentity,
    models: deModels,
    reports: deReports,
    risk: deRisk,
    terms: deTerms,
    triage: deTriage,
    findings: deFindings,
    policies: dePolicies,
  },
} as const satisfies Record<Language, object>

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'console'
    resources: (typeof resources)['en']
  }
}

/** The first is the one whose keys need no prefix. */
export const namespaces = [
  'console',
  'audit',
  'exchange',
  'failures',
  'findings',
  'governance',
  'history',
  'identity',
  'models',
  'risk',
  'policies',
  'reports',
  'terms',
  'triage',
] as const

/** All languages are in the bundle, so that switching needs no loading. A missing key is told; English stands in. */
export function createWords(language: Language, onMissing: (key: string) => void): i18n {
  const words = createInstance()
  void words.init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'console',
    ns: namespaces,
    resources,
    initAsync: false,
    interpolation: { escapeValue: false }, // React escapes
    saveMissing: true,
    missingKeyHandler: (_languages, namespace, key) => onMissing(`${namespace}:${key}`),
  })
  return words
}
