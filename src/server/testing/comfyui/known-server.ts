import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { FILES } from '../../renderers/comfyui/graphs/files.ts'
import type { FakeInput, FakeNode } from './nodes.ts'
import type { NodeInput, ServerPieces } from '../../renderers/comfyui/graph-source.ts'

const nodesSchema = z.object({
  source: z.string(),
  version: z.string(),
  nodes: z.record(
    z.string(),
    z.object({
      inputs: z.record(
        z.string(),
        z.object({
          type: z.string(),
          optional: z.boolean().default(false),
          choices: z.array(z.string()).default([]),
          min: z.number().optional(),
          max: z.number().optional(),
          step: z.number().optional(),
          default: z.union([z.string(), z.number(), z.boolean()]).optional(),
        }),
      ),
      outputs: z.array(z.string()),
    }),
  ),
})

/** A server's nodes with what each gives: types by class. */
export type KnownServer = {
  version: string
  nodes: ServerPieces['nodes']
  outputs: ReadonlyMap<string, readonly string[]>
}

/** The nodes of a real ComfyUI, as far as our graphs use them. */
export const knownServer = (version: '0.3.64' | '0.33.0'): KnownServer => {
  const file = new URL(`../fixtures/comfyui/nodes/comfyui-${version}.json`, import.meta.url)
  const { nodes } = nodesSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const entries = Object.entries(nodes)
  const inputsOf = (inputs: (typeof nodes)[string]['inputs']): NodeInput[] =>
    Object.entries(inputs).map(([name, { optional, ...rest }]) => ({ name, required: !optional, ...rest }))
  return {
    version,
    nodes: new Map(entries.map(([name, { inputs }]) => [name, inputsOf(inputs)])),
    outputs: new Map(entries.map(([name, { outputs }]) => [name, outputs])),
  }
}

/** The input that each loader takes a file of a folder by. */
const FOLDER_OF: Readonly<Record<string, string>> = {
  unet_name: 'diffusion_models',
  clip_name: 'text_encoders',
  vae_name: 'vae',
  lora_name: 'loras',
}
const UPLOADS: Readonly<Record<string, string>> = { LoadImage: 'image', LoadVideo: 'file', LoadAudio: 'audio' }
const SAVES: Readonly<Record<string, 'image' | 'video'>> = { SaveImage: 'image', SaveVideo: 'video', SaveWEBM: 'video' }

/** The same nodes, for the fake of a server. */
export const fakeNodes = ({ nodes, outputs }: KnownServer): Record<string, FakeNode> =>
  Object.fromEntries(
    [...nodes].map(([className, inputs]) => {
      const saves = SAVES[className]
      const told = inputs.map(({ name, required, ...input }): [string, FakeInput] => {
        const folder = className === 'CLIPVisionLoader' ? 'clip_vision' : FOLDER_OF[name]
        const type = input.choices.length > 0 ? 'COMBO' : input.type
        const file = folder === undefined ? {} : { folder }
        return [name, { ...input, type, optional: !required, ...file, upload: UPLOADS[className] === name }]
      })
      const node = { inputs: Object.fromEntries(told), outputs: outputs.get(className) ?? [], form: 'v3' as const }
      return [className, saves ? { ...node, saves } : node]
    }),
  )

export type FileKey = keyof typeof FILES
export const EVERY_FILE = Object.keys(FILES).filter((key): key is FileKey => key in FILES)

/** A server with these of the files that our engines load. */
export const piecesWith = (
  { version, nodes }: KnownServer,
  {
    files = EVERY_FILE,
    vram = 24e9,
    named = (file) => file,
  }: {
    files?: readonly FileKey[]
    vram?: number | null
    /** How the server calls a file. */
    named?: (file: string) => string
  } = {},
): ServerPieces => {
  const folders = new Map<string, Set<string>>()
  for (const key of files) {
    const { folder, file } = FILES[key]
    folders.set(folder, (folders.get(folder) ?? new Set()).add(named(file)))
  }
  return { version, vram, files: folders, nodes }
}

/** Those files as the fake of a server lists them. */
export const filesByFolder = (keys: readonly FileKey[]): Record<string, string[]> => {
  const found: Record<string, string[]> = {}
  for (const key of keys) {
    const { file, folder } = FILES[key]
    found[folder] = [...(found[folder] ?? []), file]
  }
  return found
}
