import type { MediaKind } from '../../shared/models/file-input.ts'

const WIDTH = 1280
const HEIGHT = 720
const FPS = 25
const SECONDS = 2

/** Draws the sample scene: hills under a low sun, which a moment later stands a little higher. `at` from 0 to 1. */
const draw = (context: OffscreenCanvasRenderingContext2D, at: number) => {
  context.fillStyle = '#dfe6ea'
  context.fillRect(0, 0, WIDTH, HEIGHT)
  context.fillStyle = '#f0a646'
  context.beginPath()
  context.arc(WIDTH * (0.3 + 0.35 * at), HEIGHT * (0.46 - 0.16 * at), 78, 0, 2 * Math.PI)
  context.fill()
  const layers = [
    { base: 0.56, height: 0.1, wave: 1.7, shift: 0.3, colour: '#9fb4bd' },
    { base: 0.66, height: 0.08, wave: 2.6, shift: 1.9, colour: '#6d8a86' },
    { base: 0.78, height: 0.07, wave: 1.9, shift: 4.1, colour: '#3f5f55' },
    { base: 0.9, height: 0.05, wave: 3.2, shift: 0.8, colour: '#22372f' },
  ]
  layers.forEach(({ base, height, wave, shift, colour }, depth) => {
    context.fillStyle = colour
    context.beginPath()
    context.moveTo(0, HEIGHT)
    for (let x = 0; x <= WIDTH; x += 8) {
      const along = (x / WIDTH) * wave * 2 * Math.PI + shift + at * 0.25 * (depth + 1)
      context.lineTo(x, HEIGHT * (base - height * (0.6 * Math.sin(along) + 0.4 * Math.sin(2.3 * along + shift))))
    }
    context.lineTo(WIDTH, HEIGHT)
    context.fill()
  })
}

const canvas = () => {
  const surface = new OffscreenCanvas(WIDTH, HEIGHT)
  const context = surface.getContext('2d', { alpha: false })
  if (!context) throw new Error('This browser cannot draw')
  return { surface, context }
}

const picture = async (): Promise<File> => {
  const { surface, context } = canvas()
  draw(context, 0)
  return new File([await surface.convertToBlob({ type: 'image/png' })], 'Sample.png', { type: 'image/png' })
}

const clip = async (): Promise<File> => {
  // Only who runs an example on a clip needs the encoder.
  const {
    BufferTarget,
    CanvasSource,
    Mp4OutputFormat,
    Output,
    QUALITY_HIGH,
    WebMOutputFormat,
    getFirstEncodableVideoCodec,
  } = await import('mediabunny')
  const { surface, context } = canvas()
  const codec = await getFirstEncodableVideoCodec(['avc', 'vp9', 'vp8', 'av1'], { width: WIDTH, height: HEIGHT })
  if (!codec) throw new Error('This browser cannot make a clip')
  const inMp4 = codec === 'avc' || codec === 'av1'
  const output = new Output({
    format: inMp4 ? new Mp4OutputFormat() : new WebMOutputFormat(),
    target: new BufferTarget(),
  })
  const source = new CanvasSource(surface, { codec, bitrate: QUALITY_HIGH })
  output.addVideoTrack(source, { frameRate: FPS })
  await output.start()
  for (let frame = 0; frame < FPS * SECONDS; frame++) {
    draw(context, frame / (FPS * SECONDS))
    await source.add(frame / FPS, 1 / FPS)
  }
  await output.finalize()
  if (!output.target.buffer) throw new Error('The clip was not finished')
  const type = inMp4 ? 'video/mp4' : 'video/webm'
  return new File([output.target.buffer], `Sample.${inMp4 ? 'mp4' : 'webm'}`, { type })
}

/** A small input to try a model with, drawn by the page and named a sample. */
export const makeSample = (kind: MediaKind): Promise<File> => (kind === 'image' ? picture() : clip())
