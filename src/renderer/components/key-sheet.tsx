import { Modal } from '@mantine/core'
import { useWords } from '../i18n/use-words.ts'
import { commandKey, KeyCap } from './key-cap.tsx'
import css from './key-sheet.module.css'

const groups = [
  {
    id: 'everywhere',
    keys: [
      [[commandKey, 'K'], 'palette'],
      [['G', 'I'], 'inventory'],
      [['G', 'M'], 'models'],
      [['G', 'F'], 'findings'],
      [['G', 'P'], 'policies'],
      [['G', 'R'], 'ranges'],
      [['G', 'S'], 'scans'],
      [['G', 'X'], 'imports'],
      [['G', 'T'], 'triage'],
      [['G', 'A'], 'audit'],
      [['G', ','], 'settings'],
      [['?'], 'sheet'],
    ],
  },
  {
    id: 'lists',
    keys: [
      [['↑', '↓'], 'move'],
      [['J', 'K'], 'moveAlso'],
      [['Enter'], 'open'],
      [['Esc'], 'close'],
      [['N'], 'add'],
    ],
  },
  {
    id: 'inventory',
    keys: [
      [['/'], 'filter'],
      [['C'], 'copy'],
      [['X'], 'choose'],
      [['R'], 'refresh'],
    ],
  },
  {
    id: 'triage',
    keys: [
      [['A'], 'assign'],
      [['Y'], 'accept'],
      [['N'], 'reject'],
      [['D'], 'dispute'],
      [['C'], 'acknowledge'],
      [['H'], 'handOver'],
      [['U'], 'release'],
    ],
  },
  {
    id: 'findings',
    keys: [
      [['V'], 'verify'],
      [['E'], 'except'],
    ],
  },
] as const

/** Every key of the console. */
export function KeySheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useWords()
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('keys.title')}
      size={640}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={css['sheet']}>
        {groups.map(({ id, keys }) => (
          <section key={id}>
            <h3 className={css['title']}>{t(`keys.${id}`)}</h3>
            <dl className={css['keys']}>
              {keys.map(([caps, does]) => (
                <div key={does} className={css['line']}>
                  <dt>{t(`keys.does.${does}`)}</dt>
                  <dd className={css['caps']}>
                    {caps.map(cap => (
                      <KeyCap key={cap}>{cap}</KeyCap>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
