import { Button, Menu, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { type Deployment, deployments, type Remedy } from '#shared/domain/policy.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './policies.module.css'
import type { Draft } from './rule-text.ts'

export interface RemedyFieldsProps {
  readonly remedies: Draft['remedy']
  readonly onChange: (remedies: Draft['remedy']) => void
}

const empty: Remedy = { what: { en: '', de: '' }, commands: [], verify: '' }

/** What to do about it, by how an instance is run, with the command that shows that it is done. */
export function RemedyFields({ remedies, onChange }: RemedyFieldsProps) {
  const { t } = useWords()
  const written = deployments.filter(each => remedies[each] !== undefined)
  const left = deployments.filter(each => remedies[each] === undefined)
  const without = (deployment: Deployment) => {
    const { [deployment]: _, ...rest } = remedies
    return rest
  }
  return (
    <div className={css['form']}>
      {written.map(each => (
        <RemedyField
          key={each}
          deployment={each}
          remedy={remedies[each] ?? empty}
          onChange={remedy => onChange({ ...remedies, [each]: remedy })}
          onRemove={() => onChange(without(each))}
        />
      ))}
      {left.length === 0 ? null : (
        <div>
          <Menu position="bottom-start">
            <Menu.Target>
              <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />}>
                {t('policies:remedy.add')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {left.map(each => (
                <Menu.Item key={each} onClick={() => onChange({ ...remedies, [each]: empty })}>
                  {t(`governance:deployment.${each}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </div>
      )}
    </div>
  )
}

interface RemedyFieldProps {
  readonly deployment: Deployment
  readonly remedy: Remedy
  readonly onChange: (remedy: Remedy) => void
  readonly onRemove: () => void
}

function RemedyField({ deployment, remedy, onChange, onRemove }: RemedyFieldProps) {
  const { t } = useWords()
  const where = t(`governance:deployment.${deployment}`)
  return (
    <fieldset className={css['case']} aria-label={where}>
      <div className={css['remedyHead']}>
        <strong>{where}</strong>
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={t('policies:remedy.remove', { where })}
          onClick={onRemove}
        >
          <IconTrash size={15} aria-hidden />
        </Button>
      </div>
      {(['en', 'de'] as const).map(language => (
        <Textarea
          key={language}
          label={t(`policies:remedy.what.${language}`)}
          autosize
          minRows={1}
          maxRows={5}
          value={remedy.what[language]}
          onChange={event =>
            onChange({ ...remedy, what: { ...remedy.what, [language]: event.currentTarget.value } })
          }
        />
      ))}
      <Textarea
        label={t('policies:remedy.commands')}
        description={t('policies:remedy.commandsHint')}
        spellCheck={false}
        autosize
        minRows={1}
        maxRows={8}
        classNames={{ input: css['code'] ?? '' }}
        value={remedy.commands.join('\n')}
        onChange={event => onChange({ ...remedy, commands: event.currentTarget.value.split('\n') })}
      />
      <TextInput
        label={t('policies:remedy.verify')}
        description={t('policies:remedy.verifyHint')}
        spellCheck={false}
        classNames={{ input: css['code'] ?? '' }}
        value={remedy.verify}
        onChange={event => onChange({ ...remedy, verify: event.currentTarget.value })}
      />
    </fieldset>
  )
}
