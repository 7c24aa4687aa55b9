import { EVERY_FILE, type FileKey, fakeNodes, filesByFolder, knownServer } from './comfyui/known-server.ts'
import { type ComfyuiServerOptions, startComfyuiServer } from './comfyui-server.ts'

/** A fake ComfyUI with the nodes of a real one and, unless told otherwise, all files that our graphs load. */
export const startEquippedComfyui = ({
  has = EVERY_FILE,
  ...options
}: Omit<ComfyuiServerOptions, 'files' | 'nodes'> & { has?: readonly FileKey[] } = {}) =>
  startComfyuiServer({
    version: '0.38.1',
    vramBytes: 24e9,
    ...options,
    nodes: fakeNodes(knownServer('0.33.0')),
    files: filesByFolder(has),
  })
