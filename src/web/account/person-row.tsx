import { useState } from 'react'
import type { Person, PersonChanges, Role } from '../../shared/people.ts'
import { useChangePerson, useInvite } from '../data/people.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { INPUT } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { ROLE_ITEMS } from './invite-form.tsx'
import { SecretLine } from './secret-line.tsx'
import { dayWords, whenWords } from './when.ts'

const stateOf = ({ joined_at: joined, disabled_at: disabled }: Person): string => {
  if (disabled) return `kept out since ${dayWords(disabled)}`
  return joined ? `since ${dayWords(joined)}` : 'invited, has not come yet'
}

/** Dollars as typed; null for none, undefined for what is no amount. */
const dollarsIn = (text: string): number | null | undefined => {
  if (text.trim() === '') return null
  const dollars = Number(text.trim().replace(',', '.'))
  return Number.isFinite(dollars) && dollars > 0 ? dollars : undefined
}

const Limit = ({ person, onChange }: { person: Person; onChange: (limit: number | null) => void }) => {
  const set = person.spend_limit_usd ?? null
  const [text, setText] = useState(set === null ? '' : String(set))
  const limit = dollarsIn(text)
  const save = () => {
    if (limit !== undefined && limit !== set) onChange(limit)
  }
  return (
    <label className="flex items-center gap-2 text-xs whitespace-nowrap text-soft">
      US dollars a day
      <span className="w-24">
        <input
          inputMode="decimal"
          aria-label={`Limit of ${person.name}, US dollars a day`}
          aria-invalid={limit === undefined}
          placeholder="no limit"
          value={text}
          className={classes(INPUT, 'h-8')}
          onChange={({ target }) => setText(target.value)}
          onBlur={save}
          onKeyDown={({ key }) => key === 'Enter' && save()}
        />
      </span>
    </label>
  )
}

/** Who it is, how they stand, and their role. */
const Identity = ({
  person,
  name,
  isMe,
  onRole,
}: {
  person: Person
  name: string
  isMe: boolean
  onRole: (role: Role) => void
}) => (
  <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
    <span className="min-w-0 flex-1 basis-40">
      <span className={classes('block break-words', person.disabled_at && 'text-faint line-through')}>
        {name}
        {isMe && <span className="text-faint"> · you</span>}
      </span>
      <span className="block text-xs text-faint">{stateOf(person)}</span>
    </span>
    <Select
      className="w-28"
      aria-label={`Role of ${name}`}
      value={person.role}
      groups={[{ items: ROLE_ITEMS }]}
      onPick={onRole}
    />
  </div>
)

/** One person, and what an admin changes about them. */
export const PersonRow = ({ person, isMe, hasLinks }: { person: Person; isMe: boolean; hasLinks: boolean }) => {
  const change = useChangePerson()
  const invite = useInvite()
  const set = (changes: PersonChanges) => change.mutate({ id: person.id, changes })
  const isOut = Boolean(person.disabled_at)
  const problem = change.error ?? invite.error
  const name = person.name === '' ? 'The first admin' : person.name
  return (
    <li className="flex flex-col gap-2 border-t border-line py-3" aria-label={name}>
      <Identity person={person} name={name} isMe={isMe} onRole={(role) => set({ role })} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Limit key={person.spend_limit_usd} person={person} onChange={(limit) => set({ spend_limit_usd: limit })} />
        <span className="ml-auto flex gap-2">
          {hasLinks && !isOut && (
            <Button
              size="small"
              aria-label={`Make a link for ${name}`}
              onClick={() => invite.mutate({ id: person.id })}
            >
              Link
            </Button>
          )}
          {!isMe && (
            <Button
              size="small"
              aria-label={isOut ? `Let ${name} in again` : `Keep ${name} out`}
              onClick={() => set({ disabled: !isOut })}
            >
              {isOut ? 'Let in again' : 'Keep out'}
            </Button>
          )}
        </span>
      </div>
      {invite.data && (
        <SecretLine
          key={invite.data.link}
          secret={invite.data.link}
          label={`The link for ${name}`}
          about={`${name} signs in by it, once, until ${whenWords(invite.data.expires_at)}. It is shown this once.`}
        />
      )}
      {problem && (
        <p role="alert" className="text-trouble">
          {problem.message}
        </p>
      )}
    </li>
  )
}
