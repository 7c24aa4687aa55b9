import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { fileOptions } from '../data/files.ts'
import { useFetched } from '../data/generate.ts'
import { useRetry } from '../data/retry.ts'
import { sourceIdOf, type Take } from '../data/take.ts'
import { useStudio } from '../state/studio.ts'
import { Details } from './details.tsx'
import { Playing } from './playing.tsx'
import { fileSide, resultSide, type Side } from './sides.ts'
import { Waiting } from './waiting.tsx'

/** A file that the take was made from as a side: null where there is none, undefined until that is known. */
const useFileSide = (id: string | null, name: string): Side | null | undefined => {
  const known = id !== null && id.startsWith('file_')
  const { data, isPending } = useQuery({ ...fileOptions(id ?? ''), enabled: known })
  return useMemo(() => {
    if (known && isPending) return undefined
    return data ? fileSide(data, name) : null
  }, [known, isPending, data, name])
}

/** Where a transition ends; of other takes nothing. */
const endIdOf = ({ inputs }: Take): string | null => {
  const id = inputs['end']
  return typeof id === 'string' ? id : null
}

/** What the stage shows of a take: what it was made from, and its result. Undefined until all of it is known. */
const useSides = (take: Take): { sides: readonly Side[]; result: number } | undefined => {
  const fetched = useFetched(take.jobId)
  // What is on the stage stays there, also when the page's memory lets go of it.
  const [held, hold] = useState(fetched)
  if (fetched && !held) hold(fetched)
  const endId = endIdOf(take)
  const first = useFileSide(sourceIdOf(take), endId === null ? 'Source' : 'First frame')
  const last = useFileSide(endId, 'Last frame')
  return useMemo(() => {
    const result = resultSide(take, held)
    if (!result || first === undefined || last === undefined) return undefined
    return { sides: [first, result, last].filter((side) => side !== null), result: first ? 1 : 0 }
  }, [take, held, first, last])
}

/** One take: waiting for it, or playing it, and what it is. */
export const TakeOnStage = ({ take }: { take: Take }) => {
  const select = useStudio((state) => state.select)
  const setProblems = useStudio((state) => state.setProblems)
  const again = useRetry((error) => setProblems({ fields: {}, message: error.message }))
  const shown = useSides(take)
  return (
    <div className="flex h-full min-h-0 flex-col">
      {shown ? (
        <Playing key={take.id} take={take} sides={shown.sides} result={shown.result} />
      ) : (
        <div className="min-h-0 flex-1 p-6">
          {take.state.name !== 'done' && <Waiting take={take} onRetry={() => select(again(take))} />}
        </div>
      )}
      <Details take={take} />
    </div>
  )
}
