import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Result } from '#shared/result.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSayFailed } from './say.ts'
import css from './say-undo.module.css'

/** Says in passing that something was done, with a way to take it back while it is on show. */
export function useSayUndo(): (message: string, undo: () => Promise<Result<unknown>>) => void {
  const { t } = useWords()
  const sayFailed = useSayFailed()
  return (message, undo) => {
    const takeBack = async (id: string) => {
      notifications.hide(id)
      const done = await undo()
      if (!done.ok) sayFailed(done.failure)
    }
    const id = notifications.show({
      autoClose: 10_000,
      message: (
        <span className={css['line']}>
          {message}
          <Button size="compact-xs" variant="default" onClick={() => void takeBack(id)}>
            {t('history:undo')}
          </Button>
        </span>
      ),
    })
  }
}
