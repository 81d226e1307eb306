import css from './key-cap.module.css'

/** A key to press, as it is written on the keyboard. */
export function KeyCap({ children }: { children: string }) {
  return <kbd className={css['key']}>{children}</kbd>
}

/** The key that commands begin with on this kind of machine. */
export const commandKey = /Mac/.test(navigator.platform) ? '⌘' : 'Ctrl'
