import type { RendererName } from '../../shared/job.ts'
import type { Model } from '../../shared/models/index.ts'
import { maxSourceSeconds } from '../../shared/source-seconds.ts'
import type { Candidate } from '../data/renderer-choice.ts'
import { wantedNow } from './wanted.ts'

/** Who makes it, as far as limits go; without anybody, the local engine speaks for itself. */
export const makerOf = (wanted: Candidate | undefined): { renderer: RendererName; engine: string | null } => ({
  renderer: wanted?.name ?? 'local',
  engine: wanted?.engine ?? wanted?.offer?.engine.name ?? null,
})

/** How much of a clip the model edits, by who will run it now, in seconds; null where nobody says. */
export const maxSecondsNow = (model: Model): number | null => maxSourceSeconds(model, makerOf(wantedNow(model)))
