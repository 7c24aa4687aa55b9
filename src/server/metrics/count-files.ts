import type { FileStore } from '../store/file-store.ts'
import type { Metrics } from './metrics.ts'

/** The same store, which counts bytes that come in from outside. A take that becomes a file was here already. */
export const countFiles = (files: FileStore, { received }: Pick<Metrics, 'received'>): FileStore => ({
  ...files,
  receive: async (source, incoming, signal) => {
    const file = await files.receive(source, incoming, signal)
    received(file.size_bytes)
    return file
  },
  adopt: async (path, incoming, signal) => {
    const file = await files.adopt(path, incoming, signal)
    if (incoming.jobId === undefined) received(file.size_bytes)
    return file
  },
})
