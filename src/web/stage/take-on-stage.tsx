import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { fileOptions } from '../data/files.ts'
import { useFetched } from '../data/generate.ts'
import { useRetry } from '../data/retry.ts'
import { sourceIdOf, type Take } from '../data/take.ts'
import { useStudio } from '../state/studio.ts'
import { useObjectUrl } from '../ui/use-object-url.ts'
import { Details } from './details.tsx'
import { Playing } from './playing.tsx'
import { resultSide, type Side, sourceSide } from './side.ts'
import { Waiting } from './waiting.tsx'

/** The take's source as a side, where it was made from a file that the server still has. */
const useSource = (take: Take): Side | undefined => {
  const id = sourceIdOf(take)
  const { data } = useQuery({ ...fileOptions(id ?? ''), enabled: id !== null && id.startsWith('file_') })
  return data && id !== null ? sourceSide(data) : undefined
}

/** One take: waiting for it, or playing it, and what it is. */
export const TakeOnStage = ({ take }: { take: Take }) => {
  const select = useStudio((state) => state.select)
  const setProblems = useStudio((state) => state.setProblems)
  const again = useRetry((error) => setProblems({ fields: {}, message: error.message }))
  const fetched = useFetched(take.jobId)
  // What is on the stage stays there, also when the page's memory lets go of it.
  const [held, hold] = useState(fetched)
  if (fetched && !held) hold(fetched)
  const blobUrl = useObjectUrl(held)
  const source = useSource(take)
  const result = held && !blobUrl ? undefined : resultSide(take, blobUrl, source?.hasAudio ?? false)
  return (
    <div className="flex h-full min-h-0 flex-col">
      {result ? (
        <Playing key={take.id} take={take} result={result} source={source} />
      ) : (
        <div className="min-h-0 flex-1 p-6">
          <Waiting take={take} onRetry={() => select(again(take))} />
        </div>
      )}
      <Details take={take} />
    </div>
  )
}
