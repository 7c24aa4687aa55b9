import { PLAIN, type MediaInfo } from '../../../shared/media.ts'
import { findModel, type Model } from '../../../shared/models/index.ts'
import type { JobInputs } from '../../../shared/job.ts'
import type { GraphRequest, UploadedFile } from '../../renderers/comfyui/graph-source.ts'

const picture = (width: number, height: number): MediaInfo => ({
  ...PLAIN,
  kind: 'image',
  mime_type: 'image/png',
  width,
  height,
  duration: null,
  fps: null,
  codec: 'png',
  has_audio: false,
})

/** A picture that a server has. */
export const uploadedPicture = (name: string, [width, height] = [1200, 800]): UploadedFile => ({
  name,
  media: picture(width ?? 0, height ?? 0),
})

/** A clip that a server has. */
export const uploadedClip = (name: string, media: Partial<MediaInfo> = {}): UploadedFile => ({
  name,
  media: {
    ...picture(1920, 1080),
    kind: 'video',
    mime_type: 'video/mp4',
    codec: 'h264',
    duration: 3,
    fps: 25,
    frame_count: 75,
    has_audio: true,
    ...media,
  },
})

/** The model of that name. Throws where there is none. */
export const modelNamed = (id: string): Model => {
  const model: Model | undefined = findModel(id)
  if (!model) throw new Error(`there is no model ${id}`)
  return model
}

const TRAJECTORY = '[{"frame":0,"x":0.2,"y":0.5},{"frame":124,"x":0.8,"y":0.5}]'

/** A request with all the files that the model's task wants, and a prompt. */
export const requestFor = (
  id: string,
  {
    inputs = {},
    files = {},
    engine = null,
  }: {
    inputs?: JobInputs
    files?: Readonly<Record<string, UploadedFile>>
    engine?: string | null
  } = {},
): GraphRequest => {
  const model = modelNamed(id)
  const usual = (): Record<string, UploadedFile> => {
    if (model.task === 'video-edit') return { data: uploadedClip('clip.mp4') }
    if (model.task === 'transition') return { start: uploadedPicture('a.png'), end: uploadedPicture('b.png') }
    return model.task.startsWith('text-') ? {} : { data: uploadedPicture('picture.png') }
  }
  return {
    model,
    inputs: {
      ...(id === 'lucy-motion' ? { trajectory: TRAJECTORY } : { prompt: 'A red kite over the dunes' }),
      ...inputs,
    },
    seed: 4294967295,
    files: { ...usual(), ...files },
    prefix: 'rushes/job-1',
    engine,
  }
}
