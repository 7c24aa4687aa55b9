import { jobSchema } from '../../shared/job.ts'
import { errorBodySchema, routes } from '../../shared/routes.ts'
import { jobStore } from './job-store.ts'
import { useStarProblems } from './star-problems.ts'

const setProblem = (jobId: string, problem: string | null) => {
  const { [jobId]: _, ...rest } = useStarProblems.getState()
  useStarProblems.setState(problem === null ? rest : { ...rest, [jobId]: problem }, true)
}

/** Stars a finished take, or takes its star away. Resolves to whether the server did. */
export const setStar = async (jobId: string, starred: boolean): Promise<boolean> => {
  const asOf = jobStore.now()
  try {
    const response = await fetch(routes.jobStar(jobId), { method: starred ? 'PUT' : 'DELETE' })
    const body: unknown = await response.json()
    const refused = errorBodySchema.safeParse(body)
    if (!response.ok) {
      const detail = refused.data?.detail
      setProblem(jobId, typeof detail === 'string' ? detail : `The server answered ${response.status}.`)
      return false
    }
    // The event says the same; this page need not wait for it.
    jobStore.publish(jobSchema.parse(body), asOf)
    setProblem(jobId, null)
    return true
  } catch {
    setProblem(jobId, 'The server did not answer: the star was not changed. Try again.')
    return false
  }
}
