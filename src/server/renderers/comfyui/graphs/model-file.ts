import type { MissingFile } from '../../../../shared/renderers.ts'
import type { ServerPieces } from '../graph-source.ts'

/** A folder below ComfyUI's `models`, with the node that loads from it. */
export type ModelFolder = 'diffusion_models' | 'text_encoders' | 'vae' | 'loras' | 'clip_vision'

const LOADER: Record<ModelFolder, { node: string; input: string }> = {
  diffusion_models: { node: 'UNETLoader', input: 'unet_name' },
  text_encoders: { node: 'CLIPLoader', input: 'clip_name' },
  vae: { node: 'VAELoader', input: 'vae_name' },
  loras: { node: 'LoraLoaderModelOnly', input: 'lora_name' },
  clip_vision: { node: 'CLIPVisionLoader', input: 'clip_name' },
}

/** A file of weights that an engine loads. */
export type ModelFile = {
  file: string
  folder: ModelFolder
  url: string
  bytes: number
  /** Null where nobody says. */
  licence: string | null
  /** Other names under which the same weights are spread, in a precision that the same node loads. */
  also?: RegExp
}

/** The last part of a name that may lie in folders, with either slash. */
const baseName = (name: string): string => name.split(/[\\/]/).at(-1) ?? name

/** Every name that a server lists for a folder: what its loader offers, and what lies there. */
const namesIn = (pieces: ServerPieces, folder: ModelFolder): readonly string[] => {
  const { node, input } = LOADER[folder]
  const choices = pieces.nodes.get(node)?.find(({ name }) => name === input)?.choices ?? []
  return [...new Set([...choices, ...(pieces.files.get(folder) ?? [])])]
}

/**
 * How a server calls a file, folders included, as its loader wants it said; undefined where it has none. The file itself
 * comes before another of the same weights.
 */
export const nameOn = (pieces: ServerPieces, { file, folder, also }: ModelFile): string | undefined => {
  const names = namesIn(pieces, folder)
  const is = (wanted: (base: string) => boolean) => names.find((name) => wanted(baseName(name)))
  return is((base) => base.toLowerCase() === file.toLowerCase()) ?? is((base) => also?.test(base) ?? false)
}

/** A file as it is told to be missing. */
export const missingOf = ({ file, folder, url, bytes, licence }: ModelFile): MissingFile => ({
  file,
  folder: `models/${folder}`,
  url,
  bytes,
  licence,
})
