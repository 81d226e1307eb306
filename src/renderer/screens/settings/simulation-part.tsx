import { Button } from '@mantine/core'
import { IconCircleDashed, IconCircleDot, IconPlayerStop } from '@tabler/icons-react'
import type { SimulationState } from '#shared/domain/simulation.ts'
import { sayDone, useSayFailed } from '../../actions/say.ts'
import { TrySimulation } from '../../actions/simulation.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Mono } from '../../components/mono.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useCommand, useRead } from '../../data/reads.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Asked, Part } from './part.tsx'
import css from './settings.module.css'

/** The simulated organisation: whether it runs, and where. */
export function SimulationPart() {
  const { t } = useWords()
  const read = useRead('simulation.show', {})
  return (
    <Part title={t('settings.simulation')} note={t('settings.simulationNote')}>
      <Asked read={read}>
        {state => (
          <>
            <Simulation state={state} />
            <div className={css['actions']}>{state.running ? <StopSimulation /> : <TrySimulation />}</div>
          </>
        )}
      </Asked>
    </Part>
  )
}

function Simulation({ state: { running, blocks, ports, hostCount } }: { state: SimulationState }) {
  const { t } = useWords()
  const language = useLanguage()
  return (
    <Facts>
      <Fact name={t('settings.state')}>
        {running ? (
          <StatusMark icon={IconCircleDot} tone="ok" word={t('settings.simulationOn')} />
        ) : (
          <StatusMark icon={IconCircleDashed} tone="muted" word={t('settings.simulationOff')} />
        )}
      </Fact>
      {running ? (
        <>
          <Fact name={t('ranges.addresses')}>
            <Mono>{blocks.join(', ')}</Mono>
          </Fact>
          <Fact name={t('ranges.ports')}>
            <Mono>{ports.join(', ')}</Mono>
          </Fact>
          <Fact name={t('settings.hosts')}>{formatNumber(hostCount, language)}</Fact>
        </>
      ) : null}
    </Facts>
  )
}

function StopSimulation() {
  const { t } = useWords()
  const command = useCommand('simulation.stop')
  const sayFailed = useSayFailed()
  const stop = async () => {
    const stopped = await command.run({})
    if (stopped.ok) sayDone(t('settings.simulationStopped'))
    else sayFailed(stopped.failure)
  }
  return (
    <Button
      variant="default"
      leftSection={<IconPlayerStop size={15} aria-hidden />}
      loading={command.isRunning}
      onClick={() => void stop()}
    >
      {t('settings.stopSimulation')}
    </Button>
  )
}
