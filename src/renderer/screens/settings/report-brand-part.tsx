import { Button, ColorInput, FileButton } from '@mantine/core'
import { IconPhoto, IconPhotoOff } from '@tabler/icons-react'
import { useState } from 'react'
import type { ReportBrand, ReportBrandEdit } from '#shared/domain/report.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { useCommand, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Asked, Part } from './part.tsx'
import css from './settings.module.css'

/** How reports look: the colour and the logo of the organisation. */
export function ReportBrandPart() {
  const { t } = useWords()
  const read = useRead('report.brand', {})
  return (
    <Part title={t('reports:brand.title')} note={t('reports:brand.note')}>
      <Asked read={read}>{brand => <BrandForm brand={brand} />}</Asked>
    </Part>
  )
}

function BrandForm({ brand }: { brand: ReportBrand }) {
  const { t } = useWords()
  const command = useCommand('report.set-brand')
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const set = async (edit: ReportBrandEdit) => {
    const changed = await command.run(edit)
    setRefusal(changed.ok ? null : changed.failure)
    if (changed.ok) sayDone(t('saved'))
  }
  const take = async (file: File | null) => {
    if (file !== null) await set({ logo: base64(new Uint8Array(await file.arrayBuffer())) })
  }
  return (
    <div className={css['form']}>
      {refusal === null ? null : <FailurePanel failure={refusal} />}
      <ColorInput
        label={t('reports:brand.colour')}
        key={brand.colour}
        defaultValue={brand.colour}
        format="hex"
        withEyeDropper={false}
        onChangeEnd={colour => void set({ colour })}
      />
      <p className={css['note']}>
        {t(brand.logo === null ? 'reports:brand.noLogo' : 'reports:brand.hasLogo')}
      </p>
      <div className={css['actions']}>
        <FileButton onChange={file => void take(file)} accept="image/png,image/jpeg">
          {props => (
            <Button {...props} variant="default" leftSection={<IconPhoto size={15} aria-hidden />}>
              {t('reports:brand.chooseLogo')}
            </Button>
          )}
        </FileButton>
        {brand.logo === null ? null : (
          <Button
            variant="default"
            leftSection={<IconPhotoOff size={15} aria-hidden />}
            onClick={() => void set({ logo: null })}
          >
            {t('reports:brand.removeLogo')}
          </Button>
        )}
      </div>
    </div>
  )
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
