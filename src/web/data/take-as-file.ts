import { type FileResource, fileResourceSchema } from '../../shared/media.ts'
import { routes } from '../../shared/routes.ts'
import { sendJson } from './send-json.ts'

/** A finished take as a file that can be an input. Its bytes stay where they are. Rejects with a DecartSDKError. */
export const takeAsFile = async (jobId: string): Promise<FileResource> =>
  fileResourceSchema.parse(await sendJson('POST', routes.jobAsFile(jobId)))
