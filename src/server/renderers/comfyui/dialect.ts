import type { Dialect } from '../order/dialect.ts'
import { createConnection } from './connection.ts'
import type { GraphSource, ServerPieces } from './graph-source.ts'
import { serversOf } from './servers.ts'
import type { Upright } from './upload.ts'

export type ComfyuiOptions = {
  sources: readonly GraphSource[]
  /** Turns clips upright that only say how they are to be turned; where absent, a job of such a clip has a warning. */
  upright?: Upright | undefined
  /** Told what a server is and has, whenever one was looked at. */
  onPieces?: ((pieces: ServerPieces) => void) | undefined
}

/** How people's own ComfyUI is spoken to: one connection for each address that is set. */
export const createComfyuiDialect = ({ sources, upright, onPieces }: ComfyuiOptions): Dialect => ({
  name: 'comfyui',
  title: 'ComfyUI',
  asks: ['url', 'headers'],
  variables: { COMFYUI_URL: 'url', COMFYUI_HEADERS: 'headers' },
  defaultUrl: null,
  isSet: ({ url }) => url !== null && url.trim() !== '',
  howToSet: 'Start ComfyUI and set its address, like http://127.0.0.1:8188, here or in COMFYUI_URL.',
  offCode: 'UNREACHABLE',
  ownIds: true,
  timeoutMs: null,
  chosenOnly: () => false,
  connect: (settings, deps) =>
    serversOf(settings).map((server) => createConnection({ server, sources, upright, onPieces, deps })),
})
