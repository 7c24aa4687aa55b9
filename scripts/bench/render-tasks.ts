import { join } from 'node:path'
import sharp from 'sharp'
import { createProber } from '../../src/engine/prober.ts'
import { drawScene } from '../../src/engine/scenes/scene.ts'
import { makeClip } from '../../src/engine/testing/clips.ts'
import { newJob } from '../../src/server/jobs/transitions.ts'
import { type AnyModel, findModel } from '../../src/shared/models/index.ts'
import type { InputFile, RenderTask } from '../../src/shared/renderer.ts'
import type { Case } from './render-cases.ts'

export type Inputs = Record<'clip' | 'still' | 'other' | 'figure', InputFile>

/** A clip and three pictures of 720p, made in a folder. */
export const prepare = async (folder: string): Promise<Inputs> => {
  const clip = await makeClip(join(folder, 'clip.mp4'), { width: 1280, height: 720, fps: 25, seconds: 5, audio: true })
  const [still, other, figure] = ['still.png', 'other.png', 'figure.png'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const scene = (prompt: string) =>
    sharp(drawScene({ prompt, seed: 7, width: 1280, height: 720, fps: 1, seconds: 0 }).draw(0), {
      raw: { width: 1280, height: 720, channels: 4 },
    })
      .removeAlpha()
      .png()
  await scene('A sailboat on a lake in the afternoon, birds').toFile(still)
  await scene('A village street in autumn').toFile(other)
  await scene('A friendly robot in a workshop').toFile(figure)
  const prober = createProber({ reads: [folder] })
  const file = async (id: string, path: string): Promise<InputFile> => ({
    id,
    path,
    filename: id,
    media: await prober.probe(path),
  })
  const files = {
    clip: await file('clip', clip),
    still: await file('still', still),
    other: await file('other', other),
    figure: await file('figure', figure),
  }
  await prober.close()
  return files
}

/** What a field is given: an edit a clip, all others a picture, and a transition's end or what a path is drawn over another. */
const sourceOf = (each: Case, task: AnyModel['task'], field: string): keyof Inputs => {
  if (each.trajectory !== undefined) return 'figure'
  return task === 'video-edit' ? 'clip' : field === 'end' ? 'other' : 'still'
}

/** A case as a job whose results go to a directory. */
export const taskOf = (
  each: Case,
  inputs: Inputs,
  directory: string,
  resolution: '720p' | '1080p' = '720p',
): RenderTask => {
  const model = findModel(each.model)
  if (!model) throw new Error(`no model ${each.model}`)
  const shared = { seed: 7, resolution }
  const job = newJob({
    model: model.id,
    requestedModel: model.id,
    idempotencyKey: null,
    renderer: 'local',
    inputs:
      each.trajectory === undefined ? { prompt: each.prompt, ...shared } : { trajectory: each.trajectory, ...shared },
    now: new Date(),
  })
  return {
    job,
    model,
    directory,
    files: Object.fromEntries(each.files.map((field) => [field, inputs[sourceOf(each, model.task, field)]])),
  }
}
