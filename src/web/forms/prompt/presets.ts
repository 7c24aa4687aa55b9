import { z } from 'zod'
import { create } from 'zustand'
import { PROMPT_MAX } from '../../../shared/models/fields.ts'
import { stored } from '../../state/stored.ts'

export const NAME_MAX = 40
const MAX_PRESETS = 50

const presetSchema = z.object({
  name: z.string().min(1).max(NAME_MAX),
  text: z
    .string()
    .min(1)
    .max(PROMPT_MAX * 2),
})
export type Preset = z.infer<typeof presetSchema>

const kept = stored('rushes.presets', z.array(presetSchema), [])

/** Words for prompts that a person keeps under a name, the oldest first. */
export const usePresets = create<{ presets: readonly Preset[] }>()(() => ({ presets: kept.read() }))

const change = (by: (presets: readonly Preset[]) => Preset[]) => {
  // Another tab may have kept some meanwhile.
  const presets = by(kept.read())
  kept.write(presets)
  usePresets.setState({ presets })
}

/** Keeps words under a name; one of that name is replaced in its place. */
export const savePreset = (name: string, text: string): void => {
  const preset = { name: name.trim().slice(0, NAME_MAX), text: text.trim() }
  if (preset.name === '' || preset.text === '') return
  change((presets) => {
    const isKnown = presets.some((each) => each.name === preset.name)
    return isKnown
      ? presets.map((each) => (each.name === preset.name ? preset : each))
      : [...presets, preset].slice(-MAX_PRESETS)
  })
}

export const deletePreset = (name: string): void => change((presets) => presets.filter((each) => each.name !== name))

/** The prompt with a preset's words: after what was written, or alone. */
export const withPreset = (prompt: string, { text }: Preset): string => {
  const before = prompt.trimEnd()
  if (before === '') return text
  if (before.includes(text)) return prompt
  return /[.,;:!?]$/.test(before) ? `${before} ${text}` : `${before}, ${text}`
}
