import { describe, expect, it } from 'vitest'
import { type MediaInfo, PLAIN } from '../../shared/media.ts'
import { sampleFile } from '../testing/samples.ts'
import { whatBecomesOf } from './file-words.ts'

const untold = { space: null, primaries: null, transfer: null, range: null }
const told = { ...untold, space: 'bt709', range: 'limited' } as const
const clip = (about: Partial<MediaInfo>) => ({ ...sampleFile('video', 'clip.mp4').media, colour: told, ...about })
const picture = (about: Partial<MediaInfo>) => ({ ...sampleFile('image', 'still.png').media, ...about })

describe('what becomes of a file', () => {
  it.each([
    [clip({}), []],
    [picture({}), []],
    [clip(PLAIN), []],
    [picture({ has_alpha: true }), ['Transparent parts become white.']],
    [clip({ has_alpha: true }), ['Transparent parts become white.']],
    [picture({ frame_count: 24 }), ['It is an animation of 24 pictures: the first is used.']],
    [clip({ codec: 'gif' }), ['The animation is used as a clip.']],
    [picture({ colour: { ...untold, space: 'cmyk' } }), ['Its print colours (CMYK) become sRGB.']],
    [clip({ hdr: true, colour: { ...told, space: 'bt2020nc' } }), ['HDR becomes standard range.']],
    [clip({ colour: untold }), ['Its colours are not tagged: they are read as BT.601, limited range.']],
    [
      clip({ colour: { ...untold, range: 'full' } }),
      ['Its colours are not tagged: they are read as BT.601, full range.'],
    ],
    [clip({ duration: 65 }), ['Of its 1:05 the first 30 s are used.']],
    [clip({ duration: 30.02 }), []],
    [clip({ fps: 119.88 }), ['Of its 119.88 frames a second at most 60 are used.']],
    [clip({ fps: 59.94 }), []],
    [clip({ has_audio: true }), ['Its sound is kept.']],
    [
      clip({ has_audio: true, sound_before: 0.4 }),
      ['Its sound is kept.', 'The 0.4 s of it before the first picture are left out.'],
    ],
    [clip({ edits: 2 }), ['It is put together of 2 parts, as its file says.']],
  ] as const)('%#', (media, sentences) => expect(whatBecomesOf(media)).toEqual(sentences))
})
