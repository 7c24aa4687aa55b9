import { X } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { deletePreset, type Preset, usePresets } from './presets.ts'

/** The kept words, each a press away from the prompt. */
export const PresetRow = ({ onPick }: { onPick: (preset: Preset) => void }) => {
  const { presets } = usePresets()
  if (presets.length === 0) return null
  return (
    <ul aria-label="Presets" className="scrollbar-quiet flex max-h-20 flex-wrap gap-1 overflow-y-auto">
      {presets.map((preset) => (
        <li key={preset.name} className="flex max-w-full items-center rounded border border-edge/60">
          <Button
            variant="quiet"
            size="small"
            className="min-w-0 rounded-r-none"
            data-tip={preset.text}
            onClick={() => onPick(preset)}
          >
            <span className="truncate">{preset.name}</span>
          </Button>
          <button
            type="button"
            aria-label={`Delete preset ${preset.name}`}
            data-tip={`Delete preset ${preset.name}`}
            onClick={() => deletePreset(preset.name)}
            className="touch-target flex h-7 w-6 shrink-0 items-center justify-center rounded-r text-faint hover:bg-raised hover:text-ink"
          >
            <X size={12} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}
