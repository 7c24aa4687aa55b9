import { z } from 'zod'
import { create } from 'zustand'
import { type FileResource, fileResourceSchema } from '../../../shared/media.ts'
import { stored } from '../../state/stored.ts'

/** What a file is a part of: so many seconds of so many, from a time on. `of` is the clip itself, here or on the server. */
export type Trim = { from: number; seconds: number; whole: number; of: FileResource | File }

const keptSchema = z.record(
  z.string(),
  z.object({ from: z.number(), seconds: z.number(), whole: z.number(), of: fileResourceSchema }),
)
const kept = stored('rushes.trims', keptSchema, {})

/** So many are kept between visits. */
const MAX_KEPT_TRIMS = 50

/** File id → what it is a part of. Where the clip itself never was on the server, only as long as the page lives. */
export const useTrims = create<{ trims: Readonly<Record<string, Trim>> }>()(() => ({ trims: kept.read() }))

export const noteTrim = (fileId: string, trim: Trim): void => {
  useTrims.setState(({ trims }) => ({ trims: { ...trims, [fileId]: trim } }))
  const { of } = trim
  if (of instanceof File) return
  const others = Object.entries(kept.read()).filter(([id]) => id !== fileId)
  kept.write(Object.fromEntries([...others, [fileId, { ...trim, of }] as const].slice(-MAX_KEPT_TRIMS)))
}
