import { z } from 'zod'
import { fileInput, type MediaKind } from './file-input.ts'
import { trajectoryInput, TRAJECTORY_POINTS } from './trajectory.ts'
import { withThousands } from '../thousands.ts'

/**
 * How a field wants to be shown, and what counts where nothing is said (`assumed`). The studio maps each control to one
 * component; nothing else is known of a field.
 */
export type Control =
  | { control: 'prompt'; placeholder: string }
  | { control: 'media'; accepts: MediaKind }
  | { control: 'seed' }
  | { control: 'choice'; labels: Record<string, string>; assumed: string }
  | { control: 'switch'; assumed: boolean }
  /** Whole numbers where `step` is one. The step is for the control: values between two are taken as they are. */
  | { control: 'number'; assumed?: number | undefined; min: number; max: number; step: number }
  /** Words that are no prompt, of up to `max` characters. */
  | { control: 'text'; assumed?: string | undefined; max: number }
  /** A path over the picture in the field `over`, through a clip of so many frames. */
  | { control: 'path'; over: string; frames: number; fps: number }

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

/** A number of that range. `assumed` stands where nothing is said. */
export const number = (
  about: { title: string; description: string; advanced: boolean },
  range: { min: number; max: number; step: number; assumed?: number | undefined },
) => describe(numberIn(range).optional(), { control: 'number', ...range, ...about })

/** The schema of a number: a whole one where the step is. */
export const numberIn = ({ min, max, step }: { min: number; max: number; step: number }) =>
  Number.isInteger(step) ? z.number().min(min).max(max).int() : z.number(DECIMAL).min(min).max(max)

/** What is said of a text that is no number: see `sentence` in check.ts. */
const DECIMAL = {
  error: (issue: { input?: unknown }) => (issue.input === undefined ? undefined : 'must be a number, such as 0.5'),
}

const promptText = (placeholder: string): FieldMeta => ({
  control: 'prompt',
  placeholder,
  title: 'Prompt',
  description: `What to make, in up to ${withThousands(PROMPT_MAX)} characters.`,
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
  describe(z.number().min(0).max(SEED_MAX).int().optional(), {
    control: 'seed',
    title: 'Seed',
    description: 'The same inputs and seed give the same result. Empty draws one and records it.',
    advanced: false,
  })

/** The resolutions that a model can make; 720p is the default where it is one of them, else the first. */
export const resolution = <const R extends readonly [Resolution, ...Resolution[]]>(choices: R) =>
  describe(z.enum(choices).optional(), {
    control: 'choice',
    labels: Object.fromEntries(choices.map((choice) => [choice, choice])),
    assumed: choices.find((choice) => choice === '720p') ?? choices[0],
    title: 'Resolution',
    description: 'The size class of the result. 720p unless chosen.',
    advanced: false,
  })

export const orientation = () =>
  describe(z.enum(ORIENTATIONS).optional(), {
    control: 'choice',
    labels: { landscape: 'Landscape', portrait: 'Portrait' },
    assumed: 'landscape',
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
  number(
    { title: 'Inference steps', description: '1 to 50. Fewer is faster and coarser.', advanced: true },
    { assumed: 50, min: 1, max: 50, step: 1 },
  )

/** A path over the picture of another field. */
export const trajectory = (over: string, { frames, fps }: { frames: number; fps: number }) =>
  describe(trajectoryInput(), {
    control: 'path',
    over,
    frames,
    fps,
    title: 'Path',
    description: `Where what stands at its start goes: ${TRAJECTORY_POINTS.least} to ${withThousands(TRAJECTORY_POINTS.most)} points, each with its frame.`,
    advanced: false,
  })
