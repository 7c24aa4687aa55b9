import { useQuery } from '@tanstack/react-query'
import { peopleOptions } from '../data/people.ts'

/** Who asked for a take, where several people use the studio. */
export const OwnerName = ({ id }: { id: string }) => {
  const { data: people } = useQuery(peopleOptions)
  const owner = people && people.length > 1 ? people.find((person) => person.id === id) : undefined
  return owner ? <span>by {owner.name}</span> : null
}
