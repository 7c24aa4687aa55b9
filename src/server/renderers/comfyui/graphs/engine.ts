import type { RushesError } from '../../../../shared/errors.ts'
import type { Resolution } from '../../../../shared/models/fields.ts'
import type { GraphRequest, ServerPieces } from '../graph-source.ts'
import type { ModelFile } from './model-file.ts'
import type { NodeGraph } from './node-graph.ts'

/** What a builder has to work with. */
export type Making = {
  graph: NodeGraph
  request: GraphRequest
  pieces: ServerPieces
  /** One that the engine makes. */
  resolution: Resolution
  /** How the server calls a file of the engine. Throws a MODEL_MISSING where it has none. */
  name: (file: ModelFile) => string
}

/** The node whose result is the take, and what was not honoured, a sentence each. */
export type Made = { output: string; warnings: readonly string[] }

/** A node that is not part of every ComfyUI. */
export type NeededNode = {
  className: string
  /** The version of ComfyUI that brings it, or the package that does. */
  from: { version: string } | { package: string; url: string }
}

/** A model with open weights, how it is run, and on what. */
export type Engine = {
  name: string
  /** Null where nobody says. */
  licence: string | null
  files: readonly ModelFile[]
  nodes: readonly NeededNode[]
  /** The first ComfyUI that runs it. */
  since: string
  /** Bytes of a graphics card that it runs well on. Smaller ones may do, more slowly. */
  vram: number
  /** From small to large. */
  resolutions: readonly Resolution[]
  /** Frames and frames a second of a clip; null for pictures. */
  clip: { frames: number; fps: number } | null
  /** Whether it follows a reference image. */
  reference: boolean
  /** Whether it is used where nobody named it. */
  use: 'by default' | 'when asked for'
  /** What a person should know before, a sentence each. */
  limits: readonly string[]
  /** Adds its nodes to the graph. Throws a {@link RushesError} where the inputs cannot be made into one. */
  build: (making: Making) => Made
}

export type { RushesError }
