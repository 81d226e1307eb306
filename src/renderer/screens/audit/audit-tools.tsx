import { Button, Menu } from '@mantine/core'
import { IconCertificate, IconDownload, IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import type { AuditEntry } from '#shared/domain/audit.ts'
import { sayDone, useSayFailed } from '../../actions/say.ts'
import { useParts } from '../../data/parts.tsx'
import { useCommand } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import type { AuditList } from './use-audit-list.ts'

export interface AuditToolsProps {
  readonly list: AuditList
  readonly isVerifying: boolean
  readonly onVerify: () => void
}

/** Takes the record elsewhere, signs its end, and compares it with itself. */
export function AuditTools({ list, isVerifying, onVerify }: AuditToolsProps) {
  const { t } = useWords()
  const { client } = useParts()
  const sign = useCommand('audit.sign')
  const sayFailed = useSayFailed()
  const [isExporting, setExporting] = useState(false)
  const signHead = async () => {
    const head = await sign.run({})
    if (!head.ok) return sayFailed(head.failure)
    const name = `paddock-head-${head.value.entry}.json`
    const isSaved = await client.saveText(name, `${JSON.stringify(head.value, null, 2)}\n`)
    if (isSaved) sayDone(t('audit:head.saved', { entry: head.value.entry }))
    list.reload()
  }
  const exportEntries = async () => {
    setExporting(true)
    try {
      const lines = await readAll(client, list.filter)
      if (!lines.ok) return sayFailed(lines.failure)
      if (await client.saveText('paddock-audit.jsonl', lines.text))
        sayDone(t('audit:export.done', { count: lines.count }))
    } finally {
      setExporting(false)
    }
  }
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button
            variant="default"
            loading={isExporting || sign.isRunning}
            leftSection={<IconDownload size={15} aria-hidden />}
          >
            {t('audit:export.open')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() => void exportEntries()}
          >
            {t('audit:export.entries')}
          </Menu.Item>
          <Menu.Item leftSection={<IconCertificate size={14} aria-hidden />} onClick={() => void signHead()}>
            {t('audit:head.sign')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button
        disabled={isVerifying}
        leftSection={<IconShieldCheck size={15} aria-hidden />}
        onClick={onVerify}
      >
        {t('audit:verify.do')}
      </Button>
    </>
  )
}

type Client = ReturnType<typeof useParts>['client']

/** All entries the filter finds, one a line, the newest first. */
async function readAll(client: Client, filter: AuditList['filter']) {
  const lines: string[] = []
  for (let before: number | undefined; ; ) {
    const page = await client.call('audit.list', { ...filter, limit: 1000, ...(before && { before }) })
    if (!page.ok) return { ok: false as const, failure: page.failure }
    lines.push(...page.value.map((entry: AuditEntry) => JSON.stringify(entry)))
    before = page.value.at(-1)?.id
    if (page.value.length < 1000 || before === undefined) break
  }
  return { ok: true as const, text: lines.map(line => `${line}\n`).join(''), count: lines.length }
}
