import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { TextField } from '../../ui/text-field.tsx'
import { paths } from '../../util/path-builder.ts'

type Props = {
  first: string
  /** What is wrong with the address, once the house has said so. */
  error: string | undefined
  onEmail: (email: string) => void
  onLogIn: () => void
}

/** Whom the tickets go to: an address, or an account. */
export function Keeper({ first, error, onEmail, onLogIn }: Props) {
  const { t } = useTranslation('booking')
  const { pathname } = useLocation()
  return (
    <div className="grid gap-2">
      <TextField
        name="email"
        type="email"
        autoComplete="email"
        required
        defaultValue={first}
        onChange={(event) => onEmail(event.target.value)}
        label={t('choice.email')}
        hint={t('choice.emailHint')}
        error={error}
      />
      <p className="small-print">
        <Link to={paths.login({ next: pathname })} onClick={onLogIn}>
          {t('choice.logIn')}
        </Link>
      </p>
    </div>
  )
}
