import { type FileResource, fileResourceSchema } from '../../shared/media.ts'
import { routes } from '../../shared/routes.ts'
import { sendJson } from './send-json.ts'

/** Makes a completed job's take a file that can be an input: its bytes stay where they are. Rejects with a DecartSDKError. */
export const takeAsFile = async (jobId: string, signal?: AbortSignal): Promise<FileResource> =>
  fileResourceSchema.parse(await sendJson('POST', routes.jobAsFile(jobId), undefined, signal))
