import { describe, expect, it } from 'vitest'
import { type MediaInfo, PLAIN } from '../../shared/media.ts'
import { sampleFile } from '../testing/samples.ts'
import { type FileMaker, whatBecomesOf } from './file-words.ts'

const untold = { space: null, primaries: null, transfer: null, range: null }
const told = { ...untold, space: 'bt709', range: 'limited' } as const
const clip = (about: Partial<MediaInfo>) => ({ ...sampleFile('video', 'clip.mp4').media, colour: told, ...about })
const picture = (about: Partial<MediaInfo>) => ({ ...sampleFile('image', 'still.png').media, ...about })

const edit = (id = 'lucy-2.5') => ({ id, task: 'video-edit' as const })
const local: FileMaker = { renderer: 'local', title: 'Local engine', engine: null }
const comfyui: FileMaker = { renderer: 'comfyui', title: 'ComfyUI', engine: 'Bernini-R lightx2v' }
const decart: FileMaker = { renderer: 'decart', title: 'Decart', engine: 'Lucy Clip' }
const server: FileMaker = { renderer: 'openai', title: 'Generation server', engine: 'Lucy-Edit' }
const fal: FileMaker = { renderer: 'fal', title: 'fal', engine: 'Lucy Edit Pro' }

describe('what becomes of a file in a local draft', () => {
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
    [clip({ duration: 65 }), ['1:05; the first 30 s will be used.']],
    [clip({ duration: 30.02 }), []],
    [clip({ fps: 119.88 }), ['Of its 119.88 frames a second at most 60 are used.']],
    [clip({ fps: 59.94 }), []],
    [clip({ has_audio: true }), ['Its sound is kept.']],
    [
      clip({ has_audio: true, sound_before: 0.4 }),
      ['Its sound is kept.', 'The 0.4 s of it before the first picture are left out.'],
    ],
    [clip({ edits: 2 }), ['It is put together of 2 parts, as its file says.']],
  ] as const)('%#', (media, sentences) => expect(whatBecomesOf(media, edit(), local)).toEqual(sentences))
})

describe('what becomes of a file elsewhere', () => {
  const rich = clip({ has_alpha: true, hdr: true, has_audio: true, duration: 12.3 })
  const open = (traits: string, on: string) => `It goes out as it is: what becomes of its ${traits} depends on ${on}.`
  it.each([
    [
      rich,
      comfyui,
      [
        'Transparency is dropped: what lies under it shows, which often is black.',
        'HDR is read as if it were standard range, and may look flat.',
        'Its sound is kept, as long as the picture.',
        '12.3 s; the first 5.1 s will be used.',
      ],
    ],
    [rich, decart, [open('transparency, HDR and sound', 'Lucy Clip'), '12.3 s; the first 5 s will be used.']],
    [rich, server, ['Its sound is not kept.', open('transparency and HDR', 'Lucy-Edit')]],
    [rich, fal, [open('transparency, HDR and sound', 'Lucy Edit Pro')]],
    [clip({ codec: 'gif' }), fal, [open('animation', 'Lucy Edit Pro')]],
    [picture({ frame_count: 24 }), { ...decart, engine: null }, [open('animation', 'Decart')]],
    [clip({ duration: 4.9, fps: 120, edits: 2 }), decart, []],
  ] as const)('%#', (media, maker, sentences) =>
    expect(whatBecomesOf(media, edit('lucy-clip'), maker)).toEqual(sentences),
  )

  it("leaves all to a person's own workflow", () =>
    expect(whatBecomesOf(rich, { id: 'workflow-mine', task: 'custom' }, comfyui)).toEqual([
      open('transparency, HDR and sound', 'the workflow'),
    ]))
})
