import { expect, it } from 'vitest'
import { mediaInfoSchema, PLAIN } from './media.ts'

it('reads what older versions wrote of a file', () => {
  const old = {
    kind: 'video',
    mime_type: 'video/mp4',
    width: 64,
    height: 36,
    duration: 1,
    fps: 25,
    codec: 'h264',
    has_audio: false,
  }
  expect(mediaInfoSchema.parse(old)).toEqual({ ...old, ...PLAIN })
})
