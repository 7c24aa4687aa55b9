import type { Job } from '../../shared/job.ts'

/** Characters of a title in a sentence or a row. */
const MAX_TITLE_LENGTH = 80

/** What a job is called: its name, its prompt or its model, and its place where it was asked for with others. */
export const jobTitle = ({ name, inputs, model, batch_position: position, batch_size: size }: Job): string => {
  const prompt = typeof inputs['prompt'] === 'string' ? inputs['prompt'] : ''
  const title = name ?? (prompt === '' ? model : prompt)
  const short = title.length > MAX_TITLE_LENGTH ? `${title.slice(0, MAX_TITLE_LENGTH - 1)}…` : title
  return position === null || size === null || size === 1 ? short : `${short}, ${position} of ${size}`
}
