import type { Logger } from 'pino'
import type { Renderer } from '../../shared/renderer.ts'
import type { Notices } from '../notices.ts'
import type { OpenBlobs } from '../store/blobs/open-blobs.ts'
import type { Derivatives } from '../store/derivatives.ts'
import type { Prober } from '../store/file-store.ts'
import type { Reserve } from '../store/reserve.ts'
import type { DataFolder } from './data-folder.ts'

/** What everything else stands on: the data folder, where media lies, and who looks into it. */
export type BaseServices = DataFolder & {
  /** The name of this process among others on a database; null where it is alone. */
  name: string | null
  notices: Notices
  reserve: Reserve
  blobs: OpenBlobs['blobs']
  /** Removes what broken uploads have left in a storage. */
  tidyBlobs: OpenBlobs['tidy']
  closeBlobs: OpenBlobs['close']
  prober: Prober & { prepare: () => void; close: () => Promise<void> }
  derivatives: Derivatives
  /** Makes the renderer of this machine. */
  createLocal: () => Renderer
  logger: Logger
  now: () => Date
  /** Aborts when the server begins to stop. */
  closing: AbortController
  /** Aborts when it waits for nothing any more. */
  ending: AbortController
}
