import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Me, Self } from '../../shared/people.ts'
import { signOut, useRenameMe } from '../data/account.ts'
import { meOptions } from '../data/me.ts'
import { signInPlace } from '../data/sign-in-place.ts'
import { formatDollars } from '../data/renderer-words.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Field, INPUT } from '../ui/field.tsx'
import { Modal } from '../ui/modal.tsx'
import { Tokens } from './tokens.tsx'

const Name = ({ person }: { person: Self }) => {
  const [name, setName] = useState(person.name)
  const rename = useRenameMe()
  return (
    <form
      noValidate
      aria-label="Your name"
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (!rename.isPending && name !== person.name) rename.mutate(name)
      }}
    >
      <Field label="Name" error={rename.error?.fields?.['name'] ?? rename.error?.message}>
        {(props) => (
          <div className="flex gap-2">
            <input
              {...props}
              value={name}
              maxLength={60}
              autoComplete="off"
              className={classes(INPUT, 'h-8')}
              onChange={({ target }) => {
                setName(target.value)
                rename.reset()
              }}
            />
            <Button type="submit" disabled={name.trim() === '' || name === person.name}>
              Rename
            </Button>
          </div>
        )}
      </Field>
    </form>
  )
}

const aboutOf = ({ person, team_sees: sees }: Me): string => {
  if (!person) return ''
  const limit = person.spend_limit_usd
  return [
    person.role === 'admin' ? 'You are an admin: you see and may change everything.' : 'You are a member.',
    ...(person.role === 'admin'
      ? []
      : [
          sees === 'all'
            ? 'You see the takes of everybody.'
            : 'You see your own takes, and nobody else but admins does.',
        ]),
    ...(limit === null ? [] : [`${formatDollars(limit)} may go out in a day for what you ask for.`]),
  ].join(' ')
}

const SignOut = () => {
  const [problem, setProblem] = useState<string | null>(null)
  const leave = () =>
    void signOut().then(
      () => location.assign(signInPlace(location)),
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    )
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button onClick={leave}>Sign out</Button>
      {problem !== null && (
        <p role="alert" className="text-trouble">
          {problem}
        </p>
      )}
    </div>
  )
}

/** Who is signed in, and the keys of their programs. */
export const AccountDialog = ({ onClose }: { onClose: () => void }) => {
  const { data: me, error } = useQuery(meOptions)
  return (
    <Modal title="Account" onClose={onClose} {...(me?.can_sign_out ? { footer: <SignOut /> } : {})}>
      {error && <p className="px-4 py-3 text-trouble">{error.message}</p>}
      {me?.person && (
        <div className="flex flex-col gap-6 px-4 py-4">
          <section aria-label="You" className="flex flex-col gap-3">
            {me.auth === 'proxy' ? <p className="font-medium">{me.person.name}</p> : <Name person={me.person} />}
            <p className="text-soft">{aboutOf(me)}</p>
          </section>
          <Tokens />
        </div>
      )}
    </Modal>
  )
}
