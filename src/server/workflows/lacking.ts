import type { MissingFile } from '../../shared/renderers.ts'
import type { ApiGraph, NodeInput, ServerPieces } from '../renderers/comfyui/graph-source.ts'
import { mediaKindOf } from './bind/controls.ts'
import type { Download } from '../../shared/workflows.ts'
import { titleOf } from './graph.ts'

const MODEL_FILE = /\.(safetensors|sft|ckpt|pt|pt2|pth|bin|gguf|onnx|pkl)$/i

/** The folders of models, by what their loaders call the file. */
const FOLDERS: readonly [RegExp, string][] = [
  [/^ckpt_name/, 'models/checkpoints'],
  [/^(unet_name|gguf_name)/, 'models/diffusion_models'],
  [/^vae_name/, 'models/vae'],
  [/^clip_name/, 'models/text_encoders'],
  [/^lora/, 'models/loras'],
  [/^control_net_name/, 'models/controlnet'],
  [/^style_model_name/, 'models/style_models'],
  [/^audio_encoder_name/, 'models/audio_encoders'],
]
const FOLDERS_OF_CLASS: readonly [RegExp, string][] = [
  [/clipvision/i, 'models/clip_vision'],
  [/latentupscale/i, 'models/latent_upscale_models'],
  [/upscale/i, 'models/upscale_models'],
  [/lora/i, 'models/loras'],
  [/controlnet/i, 'models/controlnet'],
  [/patch/i, 'models/model_patches'],
]

const firstOf = (table: readonly [RegExp, string][], text: string): string | undefined =>
  table.find(([pattern]) => pattern.test(text))?.[1]

/** ComfyUI's folder of pictures and clips to load. */
const INPUT = 'input'

/** Loaders whose files the editor asks for when it shows them. */
const ASKED_LATER = /output/i

/** A file's name without folders, whichever way their slashes lean. */
export const baseName = (path: string): string => path.split(/[/\\]/).at(-1) ?? path

/** What a server calls the file or choice of that name: itself, or the only one of the same name in another folder. */
export const asOffered = (value: string, choices: readonly string[]): string | null => {
  if (choices.includes(value)) return value
  const same = choices.filter((choice) => baseName(choice) === baseName(value))
  return same.length === 1 ? (same[0] ?? null) : null
}

/** What a server lacks for a graph. `others`: choices that it does not know, a sentence each. */
export type Lacking = { nodes: string[]; files: MissingFile[]; others: string[] }

const missingFile = (value: string, classType: string, key: string, downloads: readonly Download[]): MissingFile => {
  const file = baseName(value)
  const download = downloads.find(({ name }) => name === file)
  const folder =
    download?.directory !== undefined && /^[\w-]+$/.test(download.directory)
      ? `models/${download.directory}`
      : (firstOf(FOLDERS_OF_CLASS, classType) ?? firstOf(FOLDERS, key) ?? 'models')
  return { file, folder, url: download?.url ?? null, bytes: null, licence: null }
}

/** The inputs of a node that are one of several on that server, with what the graph says for them. */
export const chosenIn = (
  { class_type: classType, inputs }: ApiGraph[string],
  known: readonly NodeInput[] | undefined,
): { key: string; value: string; choices: readonly string[]; classType: string }[] =>
  (known ?? []).flatMap(({ name, type, choices }) => {
    const value = inputs[name]
    return type === 'COMBO' && typeof value === 'string' ? [{ key: name, value, choices, classType }] : []
  })

/**
 * What a server with these pieces lacks for a graph: nodes, files, and choices. `isGiven` tells the inputs whose values
 * come with each job, as pictures that are uploaded for it.
 */
export const lackingFor = (
  graph: ApiGraph,
  { nodes }: Pick<ServerPieces, 'nodes'>,
  downloads: readonly Download[],
  isGiven: (node: string, key: string) => boolean,
): Lacking => {
  const files = new Map<string, MissingFile>()
  const others: string[] = []
  for (const [id, node] of Object.entries(graph))
    for (const { key, value, choices, classType } of chosenIn(node, nodes.get(node.class_type))) {
      if (isGiven(id, key) || asOffered(value, choices) !== null) continue
      // A server that has no file of a kind has no choices either; where it does not tell those of another input, they count.
      const isTold = choices.length > 0
      if (MODEL_FILE.test(value)) files.set(value, missingFile(value, classType, key, downloads))
      else if (mediaKindOf(classType, key) && (isTold || !ASKED_LATER.test(classType)))
        files.set(value, { file: value, folder: INPUT, url: null, bytes: null, licence: null })
      else if (isTold)
        others.push(
          `Node ${titleOf(id, node)} wants ${value.slice(0, 80)} as ${key}, which this ComfyUI does not have.`,
        )
    }
  const lacking = Object.values(graph)
    .map((node) => node.class_type)
    .filter((name) => !nodes.has(name))
  return { nodes: [...new Set(lacking)], files: [...files.values()], others }
}

const listed = (names: readonly string[]): string =>
  names.length <= 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`

/** What is lacking in words that say what to do; null where nothing is. */
export const reasonFor = ({ nodes, files, others }: Lacking): string | null => {
  const sentences = [
    ...(nodes.length === 0
      ? []
      : [
          `This ComfyUI lacks ${nodes.length === 1 ? 'the node' : 'the nodes'} ${listed(nodes)}: install what brings ${nodes.length === 1 ? 'it' : 'them'}, or update ComfyUI, and restart it.`,
        ]),
    ...files.map(({ file, folder }) =>
      folder === INPUT
        ? `${file} is missing: put it into the folder input of ComfyUI, or expose that input of the workflow and send one along.`
        : `${file} is missing: put it into ${folder}.`,
    ),
    ...others,
  ]
  return sentences.length === 0 ? null : sentences.join(' ')
}

/** What is lacking as entries to show beside the reason. A node stands with the folder that node packages are put into. */
export const missingEntries = ({ nodes, files }: Lacking): MissingFile[] => [
  ...nodes.map((file) => ({ file, folder: 'custom_nodes', url: null, bytes: null, licence: null })),
  ...files,
]
