import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** What is on show is not what is there any more: shows it on request, so that the list keeps its place until then. */
export function NewsButton({ onShow, children }: { onShow: () => void; children: ReactNode }) {
  return (
    <Button size="xs" variant="light" leftSection={<IconRefresh size={14} aria-hidden />} onClick={onShow}>
      {children}
    </Button>
  )
}
