import { z } from 'zod'
import { fileInput, type MediaKind } from './file-input.ts'

/** How a field wants to be shown. The studio maps each control to one component; nothing else is known of a field. */
export type Control =
  | { control: 'prompt'; placeholder: string }
  | { control: 'media'; accepts: MediaKind }
  | { control: 'seed' }
  | { control: 'choice'; labels: Record<string, string> }
  | { control: 'switch'; assumed: boolean }
  | { control: 'number'; assumed: number }

/** Form metadata, carried by the zod schema itself through `.meta()`. `advanced` fields stand under "More". */
export type FieldMeta = Control & { title: string; description: string; advanced: boolean }

export const PROMPT_MAX = 1000
export const SEED_MAX = 4294967295

export const RESOLUTIONS = ['480p', '720p', '1080p'] as const
export type Resolution = (typeof RESOLUTIONS)[number]

export const ORIENTATIONS = ['landscape', 'portrait'] as const
export type Orientation = (typeof ORIENTATIONS)[number]

/** Landscape sizes in pixels; portrait swaps them. */
export const SIZE_OF: Record<Resolution, { width: number; height: number }> = {
  '480p': { width: 832, height: 480 },
  '720p': { width: 1280, height: 720 },
  '1080p': { width: 1920, height: 1080 },
}

const describe = <S extends z.ZodType>(schema: S, meta: FieldMeta): S => schema.meta(meta)

const promptText = (placeholder: string): FieldMeta => ({
  control: 'prompt',
  placeholder,
  title: 'Prompt',
  description: `What to make, in up to ${PROMPT_MAX.toLocaleString('en')} characters.`,
  advanced: false,
})

const text = z.string().trim().max(PROMPT_MAX)

/** A prompt of 1 to 1,000 characters after trimming. */
export const prompt = (placeholder: string) => describe(text.min(1), promptText(placeholder))

/** A prompt that may be empty, as the models that follow a reference image allow. */
export const emptyablePrompt = (placeholder: string) => describe(text.default(''), promptText(placeholder))

/** A prompt that may be left out, but is not empty where it is given. */
export const optionalPrompt = (placeholder: string) => describe(text.min(1).optional(), promptText(placeholder))

const mediaMeta = (accepts: MediaKind, title: string, description: string, advanced: boolean): FieldMeta => ({
  control: 'media',
  accepts,
  title,
  description,
  advanced,
})

export const media = (accepts: MediaKind, title: string, description: string) =>
  describe(fileInput(accepts), mediaMeta(accepts, title, description, false))

export const referenceImage = () =>
  describe(
    fileInput('image').optional(),
    mediaMeta('image', 'Reference image', 'An optional picture that guides the result.', false),
  )

export const seed = () =>
  describe(z.number().int().min(0).max(SEED_MAX).optional(), {
    control: 'seed',
    title: 'Seed',
    description: 'The same inputs and seed give the same result. Empty draws one and records it.',
    advanced: false,
  })

/** The resolutions a model can make; the first member named `720p`, or else the only one, is the default. */
export const resolution = <const R extends readonly [Resolution, ...Resolution[]]>(choices: R) =>
  describe(z.enum(choices).optional(), {
    control: 'choice',
    labels: Object.fromEntries(choices.map((choice) => [choice, choice])),
    title: 'Resolution',
    description: 'The size class of the result. 720p unless chosen.',
    advanced: false,
  })

export const orientation = () =>
  describe(z.enum(ORIENTATIONS).optional(), {
    control: 'choice',
    labels: { landscape: 'Landscape', portrait: 'Portrait' },
    title: 'Orientation',
    description: 'Landscape unless chosen.',
    advanced: false,
  })

export const enhancePrompt = () =>
  describe(z.boolean().optional(), {
    control: 'switch',
    assumed: true,
    title: 'Enhance prompt',
    description: 'Let the model fill in what the prompt leaves open.',
    advanced: true,
  })

export const selfAnchor = () =>
  describe(z.boolean().optional(), {
    control: 'switch',
    assumed: true,
    title: 'Self anchor',
    description: "Re-anchor on the model's own latent, for steadier long clips.",
    advanced: true,
  })

export const inferenceSteps = () =>
  describe(z.number().int().min(1).max(50).optional(), {
    control: 'number',
    assumed: 50,
    title: 'Inference steps',
    description: '1 to 50. Fewer is faster and coarser.',
    advanced: true,
  })
