import { type FileResource, fileResourceSchema } from '../../shared/media.ts'
import { routes } from '../../shared/routes.ts'
import type { KnownBytes } from '../../shared/upload.ts'
import { sendJson } from './send-json.ts'

/** Smaller files are sent in less time than it takes to ask. Bytes. */
const MIN_HASHED_BYTES = 4 * 1024 ** 2
/** Larger ones take longer to hash than a person would wait before anything is seen to move. Bytes. */
const MAX_HASHED_BYTES = 512 * 1024 ** 2

/** Whether the server is this machine: sending is then quicker than hashing, which both would have to do. */
const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host)

/** Whether it is worth asking for a file before it is sent. */
export const isWorthAsking = (bytes: number, host: string): boolean =>
  bytes >= MIN_HASHED_BYTES && bytes <= MAX_HASHED_BYTES && !isLoopback(host)

const hash = (file: File, signal: AbortSignal): Promise<string> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module', name: 'hash' })
    const end = () => {
      worker.terminate()
      signal.removeEventListener('abort', abort)
    }
    const abort = () => {
      end()
      reject(signal.reason)
    }
    signal.addEventListener('abort', abort)
    worker.onmessage = ({ data }: MessageEvent<string>) => {
      end()
      resolve(data)
    }
    worker.onerror = (event) => {
      event.preventDefault()
      end()
      reject(new Error('could not be hashed'))
    }
    worker.postMessage(file)
  })

/**
 * The file as the server has it already, so that nothing is sent; null where it does not, or where asking is not worth
 * while. Whatever goes wrong, the file is just sent. Rejects only with the signal's reason.
 */
export const knownFile = async (
  file: File,
  signal: AbortSignal,
  { host = location.hostname, hashOf = hash } = {},
): Promise<FileResource | null> => {
  if (!isWorthAsking(file.size, host)) return null
  try {
    const sha256 = await hashOf(file, signal)
    const known: KnownBytes = { sha256, bytes: file.size, filename: file.name }
    // 404 where these bytes are not there.
    const answer = await sendJson('POST', routes.filesKnown, known, signal)
    return fileResourceSchema.safeParse(answer).data ?? null
  } catch {
    signal.throwIfAborted()
    return null
  }
}
