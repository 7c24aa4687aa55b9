import { useStudio } from './studio.ts'

/** Shows a problem that belongs to no field, above the Generate button. `message` is a sentence. */
export const showProblem = (message: string): void => {
  const { setProblems, showTab } = useStudio.getState()
  setProblems({ fields: {}, message })
  showTab('make')
}
