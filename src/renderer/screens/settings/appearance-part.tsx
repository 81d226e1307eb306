import { SegmentedControl } from '@mantine/core'
import { useParts, usePreferences } from '../../data/parts.tsx'
import { languages } from '../../format/language.ts'
import { useWords } from '../../i18n/use-words.ts'
import type { Preferences } from '../../state/preferences.ts'
import { Part } from './part.tsx'
import css from './settings.module.css'

const themes = ['light', 'dark', 'system'] as const
const densities = ['compact', 'comfortable'] as const

/** How one person likes the console on this machine. */
export function AppearancePart() {
  const { t } = useWords()
  return (
    <Part title={t('settings.appearance')} note={t('settings.appearanceNote')}>
      <Choice
        name="theme"
        label={t('settings.theme')}
        options={themes.map(value => ({ value, label: t(`settings.themes.${value}`) }))}
      />
      <Choice
        name="language"
        label={t('settings.language')}
        options={languages.map(value => ({ value, label: t(`settings.languages.${value}`) }))}
      />
      <Choice
        name="density"
        label={t('settings.density')}
        options={densities.map(value => ({ value, label: t(`settings.densities.${value}`) }))}
      />
    </Part>
  )
}

interface ChoiceProps<K extends 'theme' | 'language' | 'density'> {
  readonly name: K
  readonly label: string
  readonly options: readonly { value: Preferences[K]; label: string }[]
}

function Choice<K extends 'theme' | 'language' | 'density'>({ name, label, options }: ChoiceProps<K>) {
  const { preferences } = useParts()
  const value = usePreferences()[name]
  return (
    <div className={css['choice']}>
      <span className={css['choiceName']} id={`settings-${name}`}>
        {label}
      </span>
      <SegmentedControl
        aria-labelledby={`settings-${name}`}
        value={value}
        data={[...options]}
        onChange={chosen => preferences.setState({ [name]: chosen })}
      />
    </div>
  )
}
