import { registry } from '../../shared/models/index.ts'
import type { Served } from '../renderers/decart/served.ts'

/** What Decart serves, as the registry has it. */
export const servedByRegistry: Served = { models: () => registry, serves: ({ cloud }) => cloud ?? null }
