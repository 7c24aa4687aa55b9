import { BIN_DAYS, type Changes } from '../../../shared/library.ts'
import { routes } from '../../../shared/routes.ts'
import { changeJobs } from '../../data/change-jobs.ts'
import { setStar } from '../../data/stars.ts'
import { useStarProblems } from '../../data/star-problems.ts'
import type { Take } from '../../data/take.ts'
import { emptyBin, packJobs, renameJob } from '../../data/tidy.ts'
import { unselect } from '../selection.ts'
import { toastDone, toastProblem, sentenceOf } from './toast.ts'
import { withThousands } from '../../../shared/thousands.ts'

/** `1 take`, `8 takes` */
export const countWords = (count: number, isMore = false): string =>
  isMore ? `Over ${withThousands(count)} takes` : `${count} ${count === 1 ? 'take' : 'takes'}`

type Change = Omit<Changes, 'job_ids'>

/** Changes takes and shows a toast; `words` makes its sentence from how many were changed. */
const change = async (jobIds: readonly string[], changes: Change, words: ((count: number) => string) | null) => {
  if (jobIds.length === 0) return
  try {
    const { jobs, problems, undo } = await changeJobs({ job_ids: [...jobIds], ...changes })
    const [problem] = problems
    if (problem) toastProblem(`${countWords(problems.length)} stayed as before: ${problem.message}`)
    else if (words) toastDone(words(jobs.length), undo)
  } catch (error) {
    toastProblem(`Nothing was changed: ${sentenceOf(error)}`)
  }
}

/** Puts takes into the bin, from where they can be taken back for a month. */
export const binJobs = (jobIds: readonly string[]): Promise<void> => {
  unselect(jobIds)
  return change(jobIds, { binned: true }, (count) => `${countWords(count)} went into the bin, for ${BIN_DAYS} days.`)
}

export const restoreJobs = (jobIds: readonly string[]): Promise<void> => {
  unselect(jobIds)
  return change(jobIds, { binned: false }, (count) => `${countWords(count)} came back from the bin.`)
}

/** Puts takes on a shelf, or takes them from it. */
export const shelveJobs = (jobIds: readonly string[], shelf: string, on: boolean): Promise<void> =>
  on
    ? change(jobIds, { add_shelf: shelf }, (count) => `${countWords(count)} put on “${shelf}”.`)
    : change(jobIds, { remove_shelf: shelf }, (count) => `${countWords(count)} taken from “${shelf}”.`)

/** Stars takes, or takes their stars away where all have one. */
export const starTakes = async (takes: readonly Take[]): Promise<void> => {
  const starrable = takes.filter(({ state, jobId }) => state.name === 'done' && jobId !== null)
  const starred = !starrable.every((take) => take.starred)
  const jobIds = starrable.flatMap(({ jobId }) => jobId ?? [])
  const [only, ...others] = jobIds
  if (only === undefined) return
  if (others.length > 0) return change(jobIds, { starred }, null)
  const problem = (await setStar(only, starred)) ? undefined : useStarProblems.getState()[only]
  if (problem !== undefined) toastProblem(problem)
}

export const nameJob = async (jobId: string, name: string): Promise<void> => {
  try {
    await renameJob(jobId, name.trim() === '' ? null : name.trim())
  } catch (error) {
    toastProblem(`It could not be renamed: ${sentenceOf(error)}`)
  }
}

const saveFrom = (href: string, filename: string) => {
  const link = document.createElement('a')
  link.href = href
  link.download = filename
  link.click()
}

/** Saves results: one as the file that it is, several packed into one. */
export const downloadTakes = async (takes: readonly Take[]): Promise<void> => {
  const done = takes.flatMap(({ state, jobId }) =>
    state.name === 'done' && jobId !== null ? [{ jobId, filename: state.output.filename }] : [],
  )
  const [first, ...others] = done
  if (!first) return
  if (others.length === 0) return saveFrom(routes.jobContent(first.jobId), first.filename)
  try {
    const { archive_id, filename } = await packJobs(done.map(({ jobId }) => jobId))
    saveFrom(routes.archive(archive_id), filename)
  } catch (error) {
    toastProblem(`They could not be packed: ${sentenceOf(error)}`)
  }
}

/** Removes for good what lies in the bin. */
export const emptyTheBin = async (): Promise<void> => {
  try {
    toastDone(`${countWords(await emptyBin())} removed for good.`)
  } catch (error) {
    toastProblem(`The bin was not emptied: ${sentenceOf(error)}`)
  }
}
