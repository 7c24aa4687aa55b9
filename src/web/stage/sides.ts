import type { FileResource } from '../../shared/media.ts'
import { wantsProxy } from '../../shared/library.ts'
import { routes } from '../../shared/routes.ts'
import type { Media, Source } from '../compare/protocol.ts'
import { makerWords } from '../data/renderer-words.ts'
import type { Take } from '../data/take.ts'

/** One thing to look at, and what it is called. */
export type Side = { source: Source; name: string; kind: 'image' | 'video' }

const at = (url: string): Media => ({ kind: 'url', url })

/** A file on the server as a side. Clips, and pictures made for print, have a copy there that browsers show as it is meant. */
export const fileSide = (file: FileResource, name: string): Side => ({
  source: {
    id: file.id,
    media: at(routes.fileContent(file.id)),
    preview:
      file.media.kind === 'video' || file.media.colour?.space === 'cmyk' ? at(routes.filePreview(file.id)) : null,
    // A proxy's light is brought to standard range, and what is transparent stands on white.
    proxy:
      wantsProxy(file.media.duration) && file.media.hdr !== true && !file.media.has_alpha
        ? routes.fileProxy(file.id)
        : null,
    poster: routes.fileThumbnail(file.id),
  },
  name,
  kind: file.media.kind,
})

/** The result of a finished take; `held` is its media where this page fetched it. Undefined for one without a result. */
export const resultSide = (take: Take, fetched: Blob | undefined): Side | undefined => {
  if (take.state.name !== 'done' || take.jobId === null) return undefined
  return {
    source: {
      id: take.jobId,
      media: fetched ? { kind: 'blob', blob: fetched } : at(routes.jobContent(take.jobId)),
      preview: null,
      proxy: wantsProxy(take.state.output.duration) ? routes.jobProxy(take.jobId) : null,
      poster: routes.jobThumbnail(take.jobId),
    },
    name: `${makerWords(take)} · ${take.model?.title ?? take.modelId}`,
    kind: take.state.output.duration === null ? 'image' : 'video',
  }
}
