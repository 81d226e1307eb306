import type { Icon } from '@tabler/icons-react'

/** One thing the palette offers: a place to go to, or something to do. */
export interface PaletteItem {
  readonly id: string
  readonly group: 'go' | 'do'
  readonly label: string
  readonly icon: Icon
  readonly keys?: string
  readonly run: () => void
}
