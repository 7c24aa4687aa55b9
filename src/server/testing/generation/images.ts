import sharp from 'sharp'
import type { Asked, Flavour } from './orders.ts'

/** A picture of the size that was asked for. */
export const pictureOf = (size: unknown): Promise<Buffer> => {
  const [width = 64, height = 36] = typeof size === 'string' ? size.split('x').map(Number) : []
  return sharp({ create: { width, height, channels: 3, background: '#a42' } })
    .png()
    .toBuffer()
}

/** The answer of an image route, in the shape of each server; they refuse to answer with an address. */
export const imageAnswer = (flavour: Flavour, asked: Asked, bytes: Buffer): { status: number; body: unknown } => {
  if (asked.fields['response_format'] !== 'b64_json')
    return { status: 400, body: { detail: 'response_format=url is not supported' } }
  const datum = { b64_json: bytes.toString('base64'), url: null, revised_prompt: null }
  const created = 1767225600
  if (flavour === 'sglang') {
    const data = [{ ...datum, revised_prompt: asked.fields['prompt'], file_path: null }]
    return { status: 200, body: { id: 'image-1', created, data, peak_memory_mb: null, inference_time_s: null } }
  }
  return {
    status: 200,
    body: { created, data: [datum], output_format: 'png', size: asked.fields['size'], cot_output: null },
  }
}
