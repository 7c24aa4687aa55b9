import { type FormEvent, useState } from 'react'
import type { Role } from '../../shared/people.ts'
import { useInvite } from '../data/people.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Field, INPUT } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { SecretLine } from './secret-line.tsx'
import { whenWords } from './when.ts'

export const ROLE_ITEMS = [
  { value: 'member', label: 'Member' },
  { value: 'admin', label: 'Admin' },
] as const

/** Invites somebody by a link, which is shown once. */
export const InviteForm = () => {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('member')
  const invite = useInvite()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (invite.isPending) return
    invite.mutate({ name, role, spend_limit_usd: null }, { onSuccess: () => setName('') })
  }
  return (
    <form noValidate aria-label="Invite" onSubmit={submit} className="flex flex-col gap-3">
      <Field label="Invite" {...(invite.error ? { error: invite.error.fields?.['name'] ?? invite.error.message } : {})}>
        {(props) => (
          <div className="flex flex-wrap gap-2">
            <input
              {...props}
              value={name}
              maxLength={60}
              autoComplete="off"
              placeholder="Name"
              className={classes(INPUT, 'h-10 min-w-0 flex-1 basis-40')}
              onChange={({ target }) => setName(target.value)}
            />
            <Select className="w-28" aria-label="Role" value={role} groups={[{ items: ROLE_ITEMS }]} onPick={setRole} />
            <Button type="submit" className="h-10" disabled={name.trim() === ''}>
              Make a link
            </Button>
          </div>
        )}
      </Field>
      {invite.data && (
        <SecretLine
          key={invite.data.link}
          secret={invite.data.link}
          label={`The link for ${invite.data.person.name}`}
          about={`Give it to ${invite.data.person.name} alone. It is shown this once, and good for once, until ${whenWords(invite.data.expires_at)}.`}
        />
      )}
    </form>
  )
}
