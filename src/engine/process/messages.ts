import { z } from 'zod'
import { ERROR_CODES } from '../../shared/errors.ts'
import { readingSchema } from '../../shared/job.ts'
import { mediaInfoSchema } from '../../shared/media.ts'
import { KNOWN_TASKS } from '../../shared/models/define.ts'
import { ORIENTATIONS, RESOLUTIONS } from '../../shared/models/fields.ts'

/** A picture or clip on this machine that a render reads. */
const sourceSchema = z.object({ path: z.string(), media: mediaInfoSchema })
export type Source = z.infer<typeof sourceSchema>

/** One render, as the child is told it. Paths are absolute. */
export const renderOrderSchema = z.object({
  task: z.enum(KNOWN_TASKS),
  /** Frames per second of what is generated; edits keep their source's. */
  fps: z.number().positive(),
  prompt: z.string(),
  seed: z.number().int().nonnegative(),
  resolution: z.enum(RESOLUTIONS).optional(),
  orientation: z.enum(ORIENTATIONS).optional(),
  /** 1 to 50: fewer is coarser. */
  steps: z.number().int().min(1).max(50).optional(),
  /** Whether the result comes with how its prompt was read. */
  explain: z.boolean(),
  /** The path along which what stands at its start moves; `frame` is one of the clip's. */
  trajectory: z.array(z.object({ frame: z.number(), x: z.number(), y: z.number() })).optional(),
  sources: z.record(z.string(), sourceSchema),
  output: z.string(),
  /** JSON that makes this result again; it travels inside the file. */
  recipe: z.string(),
})
export type RenderOrder = z.infer<typeof renderOrderSchema>

const renderedSchema = z.object({
  mime_type: z.string(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  duration: z.number().positive().nullable(),
  fps: z.number().positive().nullable(),
})
export type RenderedFacts = z.infer<typeof renderedSchema>

/**
 * What the parent asks of a child. A render's child makes one thing and ends, and may have been asked to prepare for it;
 * a probing child answers many, and may have been asked the same.
 */
export const requestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('prepare'), id: z.number() }),
  z.object({ kind: z.literal('prepare-probe'), id: z.number() }),
  z.object({ kind: z.literal('render'), id: z.number(), order: renderOrderSchema }),
  z.object({ kind: z.literal('probe'), id: z.number(), path: z.string() }),
  z.object({ kind: z.literal('thumbnail'), id: z.number(), path: z.string(), output: z.string() }),
  z.object({ kind: z.literal('filmstrip'), id: z.number(), path: z.string(), output: z.string() }),
  z.object({ kind: z.literal('preview'), id: z.number(), path: z.string(), output: z.string() }),
  z.object({ kind: z.literal('proxy'), id: z.number(), path: z.string(), output: z.string() }),
])
export type Request = z.infer<typeof requestSchema>

const resultSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rendered'),
    rendered: renderedSchema.extend({ reading: readingSchema.optional() }),
  }),
  z.object({ kind: z.literal('probed'), media: mediaInfoSchema }),
  z.object({ kind: z.literal('written') }),
  z.object({ kind: z.literal('prepared') }),
])
export type Result = z.infer<typeof resultSchema>

/**
 * What a child says. `pulse` comes twice a second where it can; `begun` once what a request needs is loaded; `defect` is
 * a failure that no person can be told more about.
 */
export const reportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('pulse'), rss: z.number() }),
  z.object({ type: z.literal('begun'), id: z.number() }),
  z.object({ type: z.literal('progress'), id: z.number(), progress: z.number().min(0).max(1) }),
  z.object({ type: z.literal('done'), id: z.number(), result: resultSchema }),
  z.object({ type: z.literal('failed'), id: z.number(), code: z.enum(ERROR_CODES), message: z.string() }),
  z.object({ type: z.literal('defect'), id: z.number(), stack: z.string() }),
])
export type Report = z.infer<typeof reportSchema>
