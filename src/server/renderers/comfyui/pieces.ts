import { z } from 'zod'
import { parseJson } from '../order/answers.ts'
import { TransientError } from '../order/transient-error.ts'
import type { NodeInput, ServerPieces } from './graph-source.ts'
import { nodesOf } from './object-info.ts'
import type { ServerCalls } from './server-calls.ts'
import { type Version, versionOf } from './version.ts'
import { fileNamesSchema, systemStatsSchema } from './wire.ts'

/** The folders of models that graphs take files from. */
const FOLDERS = [
  'diffusion_models',
  'text_encoders',
  'vae',
  'loras',
  'checkpoints',
  'clip_vision',
  'controlnet',
  'latent_upscale_models',
] as const

/** Milliseconds for the head of the answer that describes all nodes: the server thinks long about it. */
const NODES_TIMEOUT_MS = 60_000
/** Milliseconds after which nodes are asked for again: where something was lacking, and else. They change by a restart. */
const AGAIN_LACKING_MS = 20_000
const AGAIN_MS = 10 * 60_000

export type Pieces = {
  /** Asks the server what it is and has. Rejects like `get` of its calls, also where it is no ComfyUI. */
  look: (signal: AbortSignal) => Promise<ServerPieces>
  /** What it had when last looked at, or what it has now where nobody has looked yet. */
  current: (signal: AbortSignal) => Promise<ServerPieces>
  /** Its version alone, asked for where nobody has looked yet. */
  version: (signal: AbortSignal) => Promise<Version>
  /** To be told whether all that was wanted was there, by which it is asked again sooner or later. */
  note: (lacking: boolean) => void
  /** The server may have been started anew: all is to be asked again. */
  forget: () => void
}

const noComfy = (): TransientError => new TransientError('what answers there is no ComfyUI')

const askStats = async (calls: ServerCalls, signal: AbortSignal) => {
  const reply = await calls.get('/system_stats', signal)
  const stats = reply.status === 200 ? parseJson(systemStatsSchema, reply.text) : undefined
  if (!stats) throw noComfy()
  const cards = stats.devices.filter(({ type, vram_total: bytes }) => type !== 'cpu' && bytes > 0)
  return {
    version: stats.system.comfyui_version ?? 'unknown',
    vram: cards.length === 0 ? null : Math.max(...cards.map(({ vram_total: bytes }) => bytes)),
  }
}

/** The names of the files of a folder; none where the server has no such folder. */
const askFolder = async (calls: ServerCalls, folder: string, signal: AbortSignal) => {
  const reply = await calls.get(`/models/${folder}`, signal)
  const names = reply.status === 200 ? parseJson(fileNamesSchema, reply.text) : undefined
  return [folder, new Set(names ?? [])] as const
}

const askNodes = async (
  calls: ServerCalls,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly NodeInput[]>> => {
  const reply = await calls.get('/object_info', signal, NODES_TIMEOUT_MS)
  const nodes = reply.status === 200 ? nodesOf(parseJson(z.unknown(), reply.text)) : undefined
  if (!nodes) throw new TransientError('it does not tell which nodes it has')
  return nodes
}

const isSame = (one: ServerPieces, other: ServerPieces): boolean =>
  one.version === other.version &&
  [...other.files].every(([folder, names]) => {
    const had = one.files.get(folder)
    return had?.size === names.size && [...names].every((name) => had.has(name))
  })

/**
 * What a server has, kept between looks: its files are asked for each time, its nodes, which are megabytes, only where
 * something changed or enough time has gone by.
 */
export const createPieces = (calls: ServerCalls): Pieces => {
  let known: ServerPieces | undefined
  let version: string | undefined
  let nodesAt = 0
  let isLacking = false

  const look = async (signal: AbortSignal): Promise<ServerPieces> => {
    const stats = await askStats(calls, signal)
    version = stats.version
    const files = new Map(await Promise.all(FOLDERS.map((folder) => askFolder(calls, folder, signal))))
    const seen: ServerPieces = { ...stats, files, nodes: known?.nodes ?? new Map() }
    const isOld = performance.now() - nodesAt > (isLacking ? AGAIN_LACKING_MS : AGAIN_MS)
    if (known && !isOld && isSame(known, seen)) return (known = seen)
    const asked = performance.now()
    const nodes = await askNodes(calls, signal)
    nodesAt = asked
    return (known = { ...seen, nodes })
  }

  return {
    look,
    current: async (signal) => known ?? (await look(signal)),
    version: async (signal) => versionOf((version ??= (await askStats(calls, signal)).version)),
    note: (lacking) => void (isLacking = lacking),
    forget: () => {
      known = undefined
      version = undefined
    },
  }
}
