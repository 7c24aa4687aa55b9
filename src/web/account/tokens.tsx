import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { ApiToken } from '../../shared/people.ts'
import { tokensOptions, useMakeToken, useRevokeToken } from '../data/account.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Field, INPUT } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { SecretLine } from './secret-line.tsx'
import { dayWords, whenWords } from './when.ts'

const LASTS = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'a year' },
  { value: 'ever', label: 'until revoked' },
] as const
type Lasts = (typeof LASTS)[number]['value']

const Token = ({ token, onRevoke }: { token: ApiToken; onRevoke: () => void }) => {
  const { label, created_at: made, last_used_at: used, expires_at: expires } = token
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line py-2">
      <span className="min-w-0">
        <span className="block break-words">{label}</span>
        <span className="block text-xs text-faint">
          made {dayWords(made)} · {used === null ? 'never used' : `last used ${whenWords(used)}`}
          {expires !== null && ` · until ${dayWords(expires)}`}
        </span>
      </span>
      <Button size="small" aria-label={`Revoke ${label}`} onClick={onRevoke}>
        Revoke
      </Button>
    </li>
  )
}

const NewToken = () => {
  const [label, setLabel] = useState('')
  const [lasts, setLasts] = useState<Lasts>('90')
  const make = useMakeToken()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (make.isPending) return
    make.mutate({ label, days: lasts === 'ever' ? null : Number(lasts) }, { onSuccess: () => setLabel('') })
  }
  return (
    <form noValidate aria-label="Make an API token" onSubmit={submit} className="flex flex-col gap-3">
      <Field
        label="What it is for"
        {...(make.error ? { error: make.error.fields?.['label'] ?? make.error.message } : {})}
      >
        {(props) => (
          <div className="flex flex-wrap gap-2">
            <input
              {...props}
              value={label}
              maxLength={60}
              autoComplete="off"
              placeholder="Nightly script"
              className={classes(INPUT, 'h-10 min-w-0 flex-1 basis-40')}
              onChange={({ target }) => setLabel(target.value)}
            />
            <Select
              className="w-36"
              aria-label="It is good for"
              value={lasts}
              groups={[{ items: LASTS }]}
              onPick={setLasts}
            />
            <Button type="submit" className="h-10" disabled={label.trim() === ''}>
              Make
            </Button>
          </div>
        )}
      </Field>
      {make.data && (
        <SecretLine
          key={make.data.id}
          secret={make.data.token}
          label={`The token ${make.data.label}`}
          about="It is shown this once. Programs send it as X-API-KEY, or as Authorization: Bearer."
        />
      )}
    </form>
  )
}

/** One's API tokens: made, shown once, and revoked. */
export const Tokens = () => {
  const { data: tokens, error } = useQuery(tokensOptions)
  const revoke = useRevokeToken()
  return (
    <section aria-label="API tokens" className="flex flex-col gap-3">
      <h3 className="font-semibold">API tokens</h3>
      <p className="text-soft">A program that has one does what you may do, in your name.</p>
      <NewToken />
      {(error ?? revoke.error) && (
        <p role="alert" className="text-trouble">
          {(error ?? revoke.error)?.message}
        </p>
      )}
      {tokens && tokens.length > 0 && (
        <ul aria-label="Your API tokens">
          {tokens.map((token) => (
            <Token key={token.id} token={token} onRevoke={() => revoke.mutate(token.id)} />
          ))}
        </ul>
      )}
    </section>
  )
}
