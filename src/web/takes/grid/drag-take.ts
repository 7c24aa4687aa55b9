import { routes } from '../../../shared/routes.ts'
import type { Take } from '../../data/take.ts'

/** Names a take that is dragged, by its job's id: what takes files takes it without its bytes going anywhere. */
export const TAKE_TYPE = 'application/x-rushes-take'

/** Puts a take into what is dragged: its id for the studio, and its address for everything else. */
export const dragTake = ({ jobId }: Pick<Take, 'jobId'>, data: DataTransfer): void => {
  if (jobId === null) return
  const address = new URL(routes.jobContent(jobId), location.href).href
  data.effectAllowed = 'copy'
  data.setData(TAKE_TYPE, jobId)
  data.setData('text/uri-list', address)
  data.setData('text/plain', address)
}
