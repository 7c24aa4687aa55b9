import type { Task } from '../../../shared/models/index.ts'

/** Lengths that a model can make: `step * n + first` frames. */
export type FrameRule = { step: number; first: number }

/** What is known of a model that a server may serve. */
export type EngineFacts = {
  tasks: readonly Task[]
  licence: string | null
  fps: number
  frames: FrameRule
  /** What the sides of its results are multiples of. */
  multiple: number
  /** Landscape sizes where it makes those alone, each with its portrait; null where any size goes. */
  sizes: readonly (readonly [number, number])[] | null
  /** The only lengths that it makes, in seconds; null where any goes. */
  lengths: readonly number[] | null
  /** Whether 720p and more is asked of it. */
  large: boolean
  /** Whether it takes a second picture beside the one to change. */
  reference: boolean
  /** Whether it takes more than OpenAI's own fields: a seed, frames, steps. */
  extended: boolean
}

const PLAIN: EngineFacts = {
  tasks: [],
  licence: null,
  fps: 24,
  frames: { step: 4, first: 1 },
  multiple: 16,
  sizes: null,
  lengths: null,
  large: true,
  reference: false,
  extended: true,
}

const T2V: readonly Task[] = ['text-to-video']
const I2V: readonly Task[] = ['image-to-video']
const BOTH: readonly Task[] = ['text-to-video', 'image-to-video']
const T2I: readonly Task[] = ['text-to-image']
const EDIT: readonly Task[] = ['image-edit']
const PICTURES: readonly Task[] = ['text-to-image', 'image-edit']

const APACHE = 'Apache-2.0'
const NON_COMMERCIAL = 'non-commercial'
const LANDSCAPE_AND_SQUARE = [
  [1536, 1024],
  [1024, 1024],
] as const

/** Models by what their names contain, the first that fits. Names are compared in small letters, with `-` for `_` and spaces. */
const KNOWN: readonly (readonly [RegExp, Partial<EngineFacts>])[] = [
  // OpenAI's own, for whom no field counts but its own.
  [
    /^sora-2\b/,
    { tasks: BOTH, fps: 30, frames: { step: 1, first: 0 }, sizes: [[1280, 720]], lengths: [4, 8, 12], extended: false },
  ],
  [/^gpt-image-/, { tasks: PICTURES, sizes: LANDSCAPE_AND_SQUARE, reference: true, extended: false }],
  // Edits of clips come before the families that they were made from.
  [/lucy-edit/, { tasks: ['video-edit'], licence: NON_COMMERCIAL, multiple: 32 }],
  [/bernini|video-edit|v2v/, { tasks: ['video-edit'], fps: 16 }],
  [/fastwan-?2\.?2|wan-?2\.2-ti2v/, { tasks: BOTH, licence: APACHE, multiple: 32 }],
  [/fastwan.*i2v|wan.*i2v/, { tasks: I2V, licence: APACHE, fps: 16 }],
  [/wan.*t2v-1\.3b/, { tasks: T2V, licence: APACHE, fps: 16, large: false }],
  [/fastwan|wan.*t2v/, { tasks: T2V, licence: APACHE, fps: 16 }],
  [/hunyuan-?video.*i2v/, { tasks: I2V, licence: 'Tencent Hunyuan Community' }],
  [/hunyuan-?video/, { tasks: T2V, licence: 'Tencent Hunyuan Community' }],
  [/\bltx/, { tasks: BOTH, licence: 'LTX Community', frames: { step: 8, first: 1 }, multiple: 32 }],
  [/minimax-h3/, { tasks: BOTH, frames: { step: 17, first: 5 }, multiple: 32 }],
  [/flux\.?2-klein-4b/, { tasks: PICTURES, licence: APACHE, reference: true }],
  [/flux\.?2/, { tasks: PICTURES, licence: NON_COMMERCIAL, reference: true }],
  [/flux.*kontext/, { tasks: EDIT, licence: NON_COMMERCIAL }],
  [/flux.*schnell/, { tasks: T2I, licence: APACHE }],
  [/\bflux/, { tasks: T2I, licence: NON_COMMERCIAL }],
  [/qwen-image-layered/, {}],
  [/qwen-image-edit-?(2509|2511|plus)/, { tasks: EDIT, licence: APACHE, reference: true }],
  [/qwen-image-edit/, { tasks: EDIT, licence: APACHE }],
  [/qwen-image/, { tasks: T2I, licence: APACHE }],
  [/z-image/, { tasks: T2I, licence: APACHE }],
  [/stable-diffusion|\bsd3|hunyuan-?image|glm-image|ovis-image/, { tasks: T2I }],
]

/** SGLang's words for what a model does. */
const BY_TASK_TYPE: Readonly<Record<string, readonly Task[]>> = {
  T2V,
  I2V,
  TI2V: BOTH,
  V2V: ['video-edit'],
  T2I,
  I2I: EDIT,
  TI2I: PICTURES,
}

const plain = (name: string): string => name.toLowerCase().replace(/[_\s]+/g, '-')

/** By the last part of the name: what stands before it is who published it, or a folder. */
const knownAs = (name: string): Partial<EngineFacts> | undefined => {
  const own = plain(name).replace(/\/+$/, '').split('/').at(-1) ?? ''
  return KNOWN.find(([pattern]) => pattern.test(own))?.[1]
}

/**
 * What a served model can do, judged by its names, the first that is known, and by the server's own word for its task,
 * which is believed over any name. Null where neither tells of anything that can be asked of it.
 */
export const engineOf = (names: readonly string[], taskType: string | undefined): EngineFacts | null => {
  const known = names.map(knownAs).find((facts) => facts !== undefined)
  const told = taskType === undefined ? undefined : BY_TASK_TYPE[taskType.toUpperCase()]
  const tasks = told ?? known?.tasks ?? []
  return tasks.length === 0 ? null : { ...PLAIN, ...known, tasks }
}

/** How many frames come closest to so many seconds. */
export const framesOf = (
  { fps, frames: { step, first } }: Pick<EngineFacts, 'fps' | 'frames'>,
  seconds: number,
): number => first + step * Math.max(first === 0 ? 1 : 0, Math.round((seconds * fps - first) / step))
