import { useScreenRoute } from '../../data/parts.tsx'
import { findings } from '../../state/findings-route.ts'
import { ExceptionRegister } from './exception-register.tsx'
import { FindingsPart } from './findings-part.tsx'

/** What breaks a rule, and the register of what may for a while. */
export function FindingsScreen() {
  const { part } = useScreenRoute('findings', findings)
  return part === 'list' ? <FindingsPart /> : <ExceptionRegister />
}
