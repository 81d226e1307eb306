import { CloseButton, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './drawer.module.css'
import { DrawerEdge } from './drawer-edge.tsx'
import { useFocusReturn } from './use-focus-return.ts'
import { useKeys } from './use-keys.ts'

export interface DrawerProps {
  /** What is shown, for who cannot see it: "Instance 127.0.0.1:11434". */
  readonly label: string
  readonly heading: ReactNode
  /** Below the heading, above what scrolls. */
  readonly sub?: ReactNode
  readonly footer?: ReactNode
  readonly width: number
  readonly onWidth: (width: number) => void
  readonly onClose: () => void
  /** To the next (1) or previous (-1) thing of the list; absent: there is no list to move through. */
  readonly onStep?: (step: 1 | -1) => void
  readonly children: ReactNode
}

/** The selected thing, beside the list it was selected in. Stays open while moving through the list. */
export function Drawer(props: DrawerProps) {
  const { label, heading, sub, footer, width, onWidth, onClose, onStep, children } = props
  const frame = useRef<HTMLElement>(null)
  useFocusReturn(frame)
  useKeys({ Escape: onClose })
  return (
    <aside ref={frame} className={css['drawer']} style={{ width }} aria-label={label}>
      <DrawerEdge width={width} onWidth={onWidth} />
      <header className={css['head']}>
        <div className={css['heading']}>{heading}</div>
        <div className={css['tools']}>
          {onStep === undefined ? null : <Steps onStep={onStep} />}
          <CloseLabelled onClose={onClose} />
        </div>
        <div className={css['sub']}>{sub}</div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={css['body']} tabIndex={0} aria-label={label}>
        {children}
      </section>
      {footer === undefined ? null : <footer className={css['footer']}>{footer}</footer>}
    </aside>
  )
}

function Steps({ onStep }: { onStep: (step: 1 | -1) => void }) {
  const { t } = useWords()
  return (
    <>
      <Tooltip label={`${t('drawer.previous')} (K)`}>
        <button
          type="button"
          className={css['tool']}
          aria-label={t('drawer.previous')}
          onClick={() => onStep(-1)}
        >
          <IconChevronUp size={16} aria-hidden />
        </button>
      </Tooltip>
      <Tooltip label={`${t('drawer.next')} (J)`}>
        <button type="button" className={css['tool']} aria-label={t('drawer.next')} onClick={() => onStep(1)}>
          <IconChevronDown size={16} aria-hidden />
        </button>
      </Tooltip>
    </>
  )
}

function CloseLabelled({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  return (
    <Tooltip label={`${t('close')} (Esc)`}>
      <CloseButton size="sm" aria-label={t('close')} onClick={onClose} />
    </Tooltip>
  )
}
