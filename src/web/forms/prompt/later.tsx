import { later } from '../../ui/later.tsx'
import type { PromptReadingProps } from './prompt-reading.tsx'

/** What the local engine makes of the words, which is nothing before there are words. */
export const PromptReading = later<PromptReadingProps>(
  async () => (await import('./prompt-reading.tsx')).PromptReading,
  () => <div className="min-h-9" />,
)

export const SavePreset = later<{ text: string; onEnd: () => void }>(
  async () => (await import('./save-preset.tsx')).SavePreset,
  () => <div className="h-7 pointer-coarse:h-11" />,
)
