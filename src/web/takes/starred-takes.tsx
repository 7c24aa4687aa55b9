import type { ReactNode } from 'react'
import { useStarred } from '../data/starred.ts'
import type { Take } from '../data/take.ts'

/** The starred takes alone, those that no loaded page holds among them. `children` draws them. */
export const StarredTakes = ({
  takes,
  children,
}: {
  takes: readonly Take[]
  children: (starred: readonly Take[]) => ReactNode
}) => {
  const { starred, all } = useStarred(takes)
  if (starred.length === 0) return <p className="p-4 text-faint">No take is starred yet.</p>
  return (
    <>
      {children(starred)}
      {!all && <p className="p-3 text-faint">Older stars are not shown.</p>}
    </>
  )
}
