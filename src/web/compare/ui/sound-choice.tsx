import { Volume2, VolumeX } from 'lucide-react'
import { IconButton } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { sidesWithSound, toggleSound } from '../acts.ts'
import type { Bench } from '../bench.ts'
import { useBench } from './use-bench.ts'

const OFF = 'off'

/** Whose sound is heard: a button where one side has some, a choice where several have. Nothing where none has. */
export const SoundChoice = ({ bench, names }: { bench: Bench; names: readonly string[] }) => {
  const sides = useBench(bench, (state) => state.sides)
  const sound = useBench(bench, (state) => state.sound)
  const heard = sidesWithSound(sides)
  if (heard.length === 0) return null
  const icon = sound === null ? <VolumeX size={16} aria-hidden /> : <Volume2 size={16} aria-hidden />
  const only = heard.length === 1 ? heard[0] : undefined
  if (only !== undefined)
    return (
      <IconButton
        label="Sound"
        title={`Sound of ${names[only] ?? 'this clip'} (M)`}
        pressed={sound !== null}
        onClick={() => toggleSound(bench)}
      >
        {icon}
      </IconButton>
    )
  return (
    <span className="flex min-w-0 items-center text-soft">
      {icon}
      <Select
        look="quiet"
        aria-label="Sound"
        title="Whose sound is heard (M)"
        className="max-w-28 min-w-16"
        value={sound === null ? OFF : String(sound)}
        groups={[
          {
            items: [
              { value: OFF, label: 'Off' },
              ...heard.map((side) => ({ value: String(side), label: names[side] ?? `Side ${side + 1}` })),
            ],
          },
        ]}
        onPick={(picked) => bench.setSound(picked === OFF ? null : Number(picked))}
      />
    </span>
  )
}
