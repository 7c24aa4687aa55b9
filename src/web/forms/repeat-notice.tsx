import type { RendererName } from '../../shared/job.ts'
import { useStudio } from '../state/studio.ts'
import { SEED } from '../state/seed.ts'
import { Button } from '../ui/button.tsx'
import { onePress } from '../ui/one-press.ts'
import { drawSeed } from './draw-seed.ts'
import type { Repeat } from './repeat.ts'

export type RepeatNoticeProps = { found: Repeat; submit: (renderer?: RendererName, again?: boolean) => void }

/** Says that what was asked for is there already. */
export const RepeatNotice = ({ found, submit }: RepeatNoticeProps) => {
  const { select, showTab, setValue } = useStudio.getState()
  const { jobs, once } = found
  const isOne = jobs.length === 1
  return (
    <div role="alert" className="flex flex-col gap-1.5 text-soft">
      <p>{isOne ? 'This take exists already.' : `These ${jobs.length} takes exist already.`}</p>
      <div className="flex flex-wrap gap-1">
        <Button
          size="small"
          onClick={() => {
            select(jobs[0])
            showTab('stage')
          }}
        >
          {isOne ? 'Show it' : 'Show the first'}
        </Button>
        <Button size="small" {...onePress(() => submit(once, true))}>
          {isOne ? 'Make it again anyway' : 'Make them again anyway'}
        </Button>
        <Button
          size="small"
          {...onePress(() => {
            setValue(SEED, String(drawSeed()))
            submit(once)
          })}
        >
          New seed
        </Button>
      </div>
    </div>
  )
}
