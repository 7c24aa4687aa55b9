import { z } from 'zod'
import type { MediaKind } from './file-input.ts'
import type { Resolution } from './fields.ts'

/** What the models of the registry do. */
export const KNOWN_TASKS = [
  'text-to-video',
  'image-to-video',
  'video-edit',
  'transition',
  'text-to-image',
  'image-edit',
] as const
export type KnownTask = (typeof KNOWN_TASKS)[number]

/** `custom` is a workflow, or a model of which it is not known what it does. */
export const TASKS = [...KNOWN_TASKS, 'custom'] as const
export type Task = (typeof TASKS)[number]

/** US dollars: per second of video, per clip or image by resolution, or per megapixel. As published in August 2026. */
export type Price =
  | { perSecond: number }
  | { perClip: Partial<Record<Resolution, number>> }
  | { perImage: Partial<Record<Resolution, number>> }
  | { perMegapixel: number }

/** How Decart's cloud knows a model that it serves. */
export type CloudModel = {
  id: string
  resolutions: readonly Resolution[]
  /** Fields of ours that the cloud's model does not know; they are left out when it runs there. */
  drops?: readonly string[]
}

export type InputSchema = z.ZodObject

/** A model: of the registry, or made from data. `width` and `height` are the landscape pixels of the model's own default. */
export type Model<
  Id extends string = string,
  S extends InputSchema = InputSchema,
  K extends MediaKind = MediaKind,
  Alias extends string = string,
> = {
  id: Id
  title: string
  description: string
  kind: K
  task: Task
  input: S
  /** Frames per second of a generated clip; edits keep the source's rate on the local engine. */
  fps: number
  width: number
  height: number
  /** The local engine runs every model; `cloud` is set where Decart serves it too. */
  cloud?: CloudModel
  price?: Price
  /** The model that Decart recommends, or answers with, in the place of this retired one. */
  replacedBy?: string
  /** The month, as `2026-10`, in which Decart was first seen not to serve it any more. */
  gone?: string
  /** It takes parts of any name: nothing is known of its inputs, and its schema refuses none. */
  loose?: true
  /** Other names that mean this model. */
  aliases?: readonly Alias[]
}

/** Declares a model, keeping its id, its kind, its aliases and the types of its inputs. */
export const defineModel = <
  const Id extends string,
  S extends InputSchema,
  const K extends MediaKind,
  const Alias extends string = never,
>(
  model: Model<Id, S, K, Alias>,
): Model<Id, S, K, Alias> => model

/** An object schema that names the fields it does not know. */
export const inputs = <S extends z.ZodRawShape>(shape: S) => z.strictObject(shape)
