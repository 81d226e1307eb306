import { type RefObject, useEffect } from 'react'

/** When what is framed goes away with the focus in it, the focus returns to where it came from. */
export function useFocusReturn(frame: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const cameFrom = document.activeElement
    const element = frame.current
    return () => {
      const isInside = element?.contains(document.activeElement) || document.activeElement === document.body
      if (isInside && cameFrom instanceof HTMLElement && cameFrom.isConnected) cameFrom.focus()
    }
  }, [frame])
}
