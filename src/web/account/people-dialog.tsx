import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { meOptions } from '../data/me.ts'
import { peopleOptions } from '../data/people.ts'
import { Modal } from '../ui/modal.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { AuditList } from './audit-list.tsx'
import { InviteForm } from './invite-form.tsx'
import { PersonRow } from './person-row.tsx'

type Part = 'people' | 'audit'

const PeopleList = () => {
  const { data: people, error } = useQuery({ ...peopleOptions, refetchOnMount: 'always' })
  const { data: me } = useQuery(meOptions)
  return (
    <div className="flex flex-col gap-4 px-4 py-4">
      {me?.auth === 'token' && <InviteForm />}
      {me?.auth === 'proxy' && <p className="text-soft">People come by the proxy, and are here once they have come.</p>}
      {error && <p className="text-trouble">{error.message}</p>}
      <ul aria-label="People">
        {people?.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            isMe={person.id === me?.person?.id}
            hasLinks={me?.auth === 'token'}
          />
        ))}
      </ul>
    </div>
  )
}

/** For admins: who may use the studio, and who did what. */
export const PeopleDialog = ({ onClose }: { onClose: () => void }) => {
  const [part, setPart] = useState<Part>('people')
  return (
    <Modal title="People" onClose={onClose}>
      <div className="flex border-b border-line px-4 py-3">
        <Segmented<Part>
          label="What is shown"
          value={part}
          options={[
            { value: 'people', label: 'People' },
            { value: 'audit', label: 'Who did what' },
          ]}
          onChange={setPart}
        />
      </div>
      {part === 'people' ? <PeopleList /> : <AuditList />}
    </Modal>
  )
}
