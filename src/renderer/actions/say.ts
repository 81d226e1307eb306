import { notifications } from '@mantine/notifications'
import type { Failure } from '#shared/result.ts'
import { useFailureWords } from '../components/failure-panel.tsx'

let lastSaid: string | null = null

/** Says in passing that something was done, instead of what was said before it: that is old by now. */
export function sayDone(message: string): void {
  if (lastSaid !== null) notifications.hide(lastSaid)
  lastSaid = notifications.show({ message, autoClose: 5000 })
}

/** Says that something could not be done, where there is no better place for it. */
export function useSayFailed(): (failure: Failure) => void {
  const words = useFailureWords()
  return failure => {
    const { error, next } = words(failure)
    notifications.show({ title: error, message: next, color: 'red', autoClose: 12_000, role: 'alert' })
  }
}
