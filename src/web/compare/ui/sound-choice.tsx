import { Volume2, VolumeX } from 'lucide-react'
import { IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { sidesWithSound, toggleSound } from '../acts.ts'
import type { Viewer } from '../viewer.ts'
import { useViewer } from './use-viewer.ts'

const OFF = 'off'

/** Whose sound is heard: a button where one side has some, a choice where several have. Nothing where none has. */
export const SoundChoice = ({ viewer, names }: { viewer: Viewer; names: readonly string[] }) => {
  const sides = useViewer(viewer, (state) => state.sides)
  const sound = useViewer(viewer, (state) => state.sound)
  const heard = sidesWithSound(sides)
  const nameOf = (side: number) => names[side] ?? `Side ${side + 1}`
  if (heard.length === 0) return null
  const icon = sound === null ? <VolumeX size={16} aria-hidden /> : <Volume2 size={16} aria-hidden />
  const only = heard.length === 1 ? heard[0] : undefined
  if (only !== undefined)
    return (
      <IconButton
        label="Sound"
        data-tip={`Sound of ${nameOf(only)}`}
        data-keys="m"
        pressed={sound !== null}
        onClick={() => toggleSound(viewer)}
      >
        {icon}
      </IconButton>
    )
  // As small as a button: the platform's list lies over the picture, and opens with all the names.
  return (
    <span
      className={classes(
        'touch-target relative flex h-7 shrink-0 items-center justify-center rounded px-1.5 text-soft select-none hover:bg-raised hover:text-ink',
        'has-focus-visible:outline-2 has-focus-visible:outline-ink',
        sound !== null && 'bg-raised text-ink',
      )}
    >
      {icon}
      {sound !== null && (
        <span aria-hidden className="text-xs tabular-nums">
          {sound + 1}
        </span>
      )}
      <select
        aria-label="Sound"
        data-tip={sound === null ? 'Whose sound is heard' : `Sound of ${nameOf(sound)}`}
        data-keys="m"
        className="select absolute inset-0 size-full opacity-0"
        value={sound ?? OFF}
        onChange={(event) => viewer.setSound(heard.find((side) => String(side) === event.target.value) ?? null)}
      >
        <option value={OFF}>Sound off</option>
        {heard.map((side) => (
          <option key={side} value={side}>
            {side + 1} · {nameOf(side)}
          </option>
        ))}
      </select>
    </span>
  )
}
