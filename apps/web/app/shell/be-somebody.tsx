import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { becomeDemoPerson, type DemoPerson } from '../api/demo-people.ts'
import { failureText } from '../pages/account/failure-text.ts'
import { Button } from '../ui/button.tsx'
import { FormError } from '../ui/states.tsx'

/** One press to be somebody of the demo, on the page that needs them; a press that failed says why below. */
export function BeSomebody({ person, children }: { person: DemoPerson; children: ReactNode }) {
  const { t } = useTranslation('site')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()

  async function become() {
    setBusy(true)
    setFailure(undefined)
    const answer = await becomeDemoPerson(person)
    if (answer.ok) return
    setFailure(failureText(answer.problem, t))
    setBusy(false)
  }
  return (
    <>
      <Button look="main" busy={busy} onClick={become}>
        {children}
      </Button>
      {failure ? (
        <div className="order-last basis-full">
          <FormError>{failure}</FormError>
        </div>
      ) : null}
    </>
  )
}
