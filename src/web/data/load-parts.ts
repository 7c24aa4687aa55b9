import { DecartSDKError } from '../../client/errors.ts'

/** Fetches code that the first load left out. Rejects as a request does where the server does not answer. */
export const loadParts = async <Parts>(load: () => Promise<Parts>): Promise<Parts> => {
  try {
    return await load()
  } catch (cause) {
    throw new DecartSDKError('NETWORK_ERROR', 'No answer from the server: is it running?', { cause })
  }
}
