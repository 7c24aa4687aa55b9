import type { Model } from '../../../shared/models/index.ts'
import { type Orientation, ORIENTATIONS, type Resolution, RESOLUTIONS } from '../../../shared/models/fields.ts'
import { fittedSize, generatedSize, type Size } from '../../../shared/models/size.ts'
import { z } from 'zod'
import type { EngineFacts } from './engines.ts'

const fieldOf = (model: Model, name: string): z.core.$ZodType | undefined => model.input.shape[name]

/** The resolutions that can be asked for: those of the model that the engine makes, or tells apart. */
export const resolutionsOf = (model: Model, { sizes, large }: EngineFacts): readonly Resolution[] => {
  const field = fieldOf(model, 'resolution')
  const ofModel = RESOLUTIONS.filter((one) => !field || z.safeParse(field, one).success)
  if (sizes) return ofModel
  const clip = model.kind === 'video'
  // Nothing open makes whole clips of 1080p in any time.
  const ofEngine = ofModel.filter((one) => one === '480p' || (large && (one === '720p' || !clip)))
  return ofEngine.length > 0 ? ofEngine : ['480p']
}

const below = (side: number, multiple: number): number => Math.max(multiple, multiple * Math.floor(side / multiple))

const nearest = (wanted: Size, sizes: NonNullable<EngineFacts['sizes']>): Size => {
  const ratio = ({ width, height }: Size) => Math.log(width / height)
  const all = sizes.flatMap(([width, height]) => [
    { width, height },
    { width: height, height: width },
  ])
  const off = (size: Size) => Math.abs(ratio(size) - ratio(wanted))
  return all.reduce((best, size) => (off(size) < off(best) ? size : best))
}

/** The size to order: that of the source where there is one, fitted to the resolution, else the resolution's own. */
export const sizeOf = (
  asked: { resolution: Resolution; orientation: Orientation | undefined; source: Size | undefined },
  { sizes, multiple }: EngineFacts,
): Size => {
  const { resolution, orientation, source } = asked
  const wanted = source ? fittedSize(source, resolution) : generatedSize(resolution, orientation)
  if (sizes) return nearest(wanted, sizes)
  return { width: below(wanted.width, multiple), height: below(wanted.height, multiple) }
}

export const resolutionSchema = z.enum(RESOLUTIONS).optional()
export const orientationSchema = z.enum(ORIENTATIONS).optional()
