import { notifications } from '@mantine/notifications'
import type { Failure } from '#shared/result.ts'
import { useFailureWords } from '../components/failure-panel.tsx'

/** Says in passing that something was done. */
export function sayDone(message: string): void {
  notifications.show({ message, autoClose: 5000 })
}

/** Says that something could not be done, where there is no better place for it. */
export function useSayFailed(): (failure: Failure) => void {
  const words = useFailureWords()
  return failure => {
    const { error, next } = words(failure)
    notifications.show({ title: error, message: next, color: 'red', autoClose: 12_000, role: 'alert' })
  }
}
