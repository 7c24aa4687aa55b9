import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { type ChangedJobs, changeJobs } from '../../data/change-jobs.ts'
import { Button } from '../../ui/button.tsx'

type Binning = { name: 'offered'; problem: string | null } | { name: 'asked' } | { name: 'done'; changed: ChangedJobs }

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const doneWords = ({ jobs, problems }: ChangedJobs): string => {
  const [problem] = problems
  const went = jobs.length === 1 ? 'One is in the bin.' : `${jobs.length} are in the bin.`
  return problem === undefined ? went : `${went} ${problems.length} stayed: ${problem.message}`
}

/** Puts what was not chosen into the bin, and takes it out again. */
export const BinOthers = ({ jobIds }: { jobIds: readonly string[] }) => {
  const [binning, setBinning] = useState<Binning>({ name: 'offered', problem: null })
  const bin = async () => {
    setBinning({ name: 'asked' })
    try {
      setBinning({ name: 'done', changed: await changeJobs({ job_ids: [...jobIds], binned: true }) })
    } catch (error) {
      setBinning({ name: 'offered', problem: `Nothing was binned. ${messageOf(error)}` })
    }
  }
  const undo = async ({ undo: back }: ChangedJobs) => {
    try {
      await back()
      setBinning({ name: 'offered', problem: null })
    } catch (error) {
      setBinning({ name: 'offered', problem: `They are still in the bin. ${messageOf(error)}` })
    }
  }
  if (jobIds.length === 0) return null
  if (binning.name === 'done')
    return (
      <span role="status" className="flex items-center gap-1 text-soft">
        {doneWords(binning.changed)}
        <Button size="small" variant="quiet" onClick={() => void undo(binning.changed)}>
          Undo
        </Button>
      </span>
    )
  return (
    <>
      <Button size="small" disabled={binning.name === 'asked'} onClick={() => void bin()}>
        <Trash2 size={14} aria-hidden />
        {jobIds.length === 1 ? 'Bin the other' : `Bin the other ${jobIds.length}`}
      </Button>
      {binning.name === 'offered' && binning.problem !== null && (
        <span role="alert" className="text-trouble">
          {binning.problem}
        </span>
      )}
    </>
  )
}
