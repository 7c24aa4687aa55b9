import { z } from 'zod'
import type { Model } from './define.ts'
import { fieldsOf } from './describe.ts'

/** A name under which a model can be asked for: what an address and a folder both take. */
const NAME = /^[A-Za-z0-9][\w.-]{0,99}$/

export const isModelName = (name: string): boolean => NAME.test(name)

const FILE_ID = /^file_[0-9a-f]{32}$/

/** Whether a text is the id of an upload. */
export const isFileId = (text: string): boolean => FILE_ID.test(text)

const JOB_ID = /^job_[0-9a-f]{32}$/

/** Whether a text is the id of a job, whose take it stands for as an input. */
export const isJobId = (text: string): boolean => JOB_ID.test(text)

/** Names by which those who make models say that what comes out is a picture. */
const PICTURES = /(?:^|[-_.])(?:image|images|picture|photo|[tiv]2i)(?:$|[-_.\d])/i

/** Whether a name looks like that of a model that makes pictures. Others are taken to make clips. */
export const kindOfName = (name: string): Model['kind'] => (PICTURES.test(name) ? 'image' : 'video')

/**
 * A model of which only the name is known. It takes fields of any name, as they come, and refuses none: whoever runs it
 * judges them. What it makes is guessed from its name unless said.
 */
export const customModel = (name: string, kind: Model['kind'] = kindOfName(name)): Model => ({
  id: name,
  title: name,
  description: 'A model that Rushes does not know. Its inputs are passed on as they are.',
  kind,
  task: 'custom',
  fps: 25,
  width: 1280,
  height: 720,
  loose: true,
  input: z.object({}).catchall(z.unknown()),
})

/** An input of a job that is a file. */
export type FileInputOf = { name: string; title: string; id: string }

/** The file inputs of a job: those of the model's file fields; of a loose model, all that are ids of uploads. */
export const fileInputsOf = (
  model: Pick<Model, 'id' | 'input' | 'loose'>,
  inputs: Readonly<Record<string, unknown>>,
): FileInputOf[] => {
  const files: FileInputOf[] = []
  const add = (name: string, title: string): void => {
    const id = inputs[name]
    if (typeof id === 'string' && (!model.loose || isFileId(id))) files.push({ name, title, id })
  }
  if (model.loose) for (const name of Object.keys(inputs)) add(name, name)
  else for (const { name, meta } of fieldsOf(model)) if (meta.control === 'media') add(name, meta.title)
  return files
}
