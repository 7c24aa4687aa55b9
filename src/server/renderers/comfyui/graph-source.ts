import type { Engine, JobInputs } from '../../../shared/job.ts'
import type { MediaInfo } from '../../../shared/media.ts'
import type { Model } from '../../../shared/models/index.ts'
import type { Offer } from '../../../shared/renderers.ts'

/** A graph in ComfyUI's API form: nodes by id, each input a value or a link `[node id, output]`. */
export type ApiGraph = Record<
  string,
  { class_type: string; inputs: Record<string, unknown>; _meta?: { title?: string | undefined } | undefined }
>

/** What a server says of one input of a node, in whichever form its version tells it. */
export type NodeInput = {
  name: string
  required: boolean
  /** `COMBO` for a choice; else ComfyUI's own name of the type, as INT, FLOAT, STRING, BOOLEAN, IMAGE. */
  type: string
  choices: readonly string[]
  min?: number | undefined
  max?: number | undefined
  step?: number | undefined
  default?: string | number | boolean | undefined
}

/** What a server is and has. */
export type ServerPieces = {
  version: string
  /** Bytes of its largest graphics card; null where it has none, or does not tell. */
  vram: number | null
  /** File names by folder of models, as `diffusion_models`, `vae`. */
  files: ReadonlyMap<string, ReadonlySet<string>>
  /** Its nodes by class, each with its inputs. */
  nodes: ReadonlyMap<string, readonly NodeInput[]>
}

/** A file as the server has it, under the name that it gave. */
export type UploadedFile = { name: string; media: MediaInfo }

export type GraphRequest = {
  model: Model
  inputs: JobInputs
  seed: number
  /** By field of the model. */
  files: Readonly<Record<string, UploadedFile>>
  /** What result files are to be called, without ending: unlike any other job's. */
  prefix: string
  /** The engine that was announced; null: the best there is. */
  engine: string | null
}

export type BuiltGraph = {
  graph: ApiGraph
  /** The node whose result is the take. */
  output: string
  engine: Engine
  kind: 'video' | 'image'
  /** Inputs that were not honoured, a sentence each. */
  warnings: readonly string[]
}

/** Where graphs come from: Rushes' own, and people's workflows. */
export type GraphSource = {
  /** What a server with these pieces makes of each model, also what it lacks, by model id. */
  offers: (pieces: ServerPieces) => Record<string, Offer>
  /**
   * The graph of a request, or null where the model is none of this source's. Throws a RushesError (MODEL_MISSING,
   * NODE_MISSING, INVALID_INPUT) where it cannot be made on that server.
   */
  build: (request: GraphRequest, pieces: ServerPieces) => BuiltGraph | null
}
