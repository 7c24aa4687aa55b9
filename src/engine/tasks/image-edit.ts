import { fittedSize } from '../../shared/models/size.ts'
import { readPalette } from '../media/palette.ts'
import { readPicture, writePng } from '../media/pictures.ts'
import { fromRgba, toRgba } from '../kernels/planes-rgba.ts'
import type { RenderedFacts, RenderOrder } from '../process/messages.ts'
import { createStyle } from '../styles/create-style.ts'
import type { OnProgress } from './breathe.ts'
import { sourceOf } from './source-of.ts'

/** Restyles a picture and writes a PNG at the resolution asked for. */
export const renderImageEdit = async (order: RenderOrder, onProgress: OnProgress): Promise<RenderedFacts> => {
  const { path, media } = sourceOf(order, 'data')
  const size = fittedSize(media, order.resolution)
  const reference = order.sources['reference_image']
  const style = createStyle({ ...order, ...size, palette: reference && (await readPalette(reference.path)) })
  const picture = fromRgba(await readPicture(path, size))
  onProgress(0.3)
  const styled = toRgba(style.apply(picture, 0, 0))
  onProgress(0.8)
  await writePng(styled, order.output, order.recipe)
  onProgress(1)
  return { mime_type: 'image/png', ...size, duration: null, fps: null }
}
