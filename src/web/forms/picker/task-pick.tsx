import {
  Clapperboard,
  ImageIcon,
  ImagePlay,
  ImageUpscale,
  MoveRight,
  Scissors,
  Type,
  Workflow,
  type LucideIcon,
} from 'lucide-react'
import { useId } from 'react'
import type { Task } from '../../../shared/models/index.ts'
import { TASK_TITLES } from '../model-words.ts'

/** What goes in, and what comes out where that is another thing. */
const PICTURES: Readonly<Record<Task, readonly LucideIcon[]>> = {
  'text-to-video': [Type, Clapperboard],
  'image-to-video': [ImagePlay],
  'video-edit': [Scissors],
  transition: [ImageIcon, MoveRight, ImageIcon],
  'text-to-image': [ImageIcon],
  'image-edit': [ImageUpscale],
  custom: [Workflow],
}

/** What is to be done, each with a small picture: radio buttons, always there. */
export const TaskPick = ({
  tasks,
  value,
  onPick,
}: {
  tasks: readonly Task[]
  value: Task
  onPick: (task: Task) => void
}) => {
  const name = useId()
  return (
    <div
      role="radiogroup"
      aria-label="Task"
      className="grid grid-cols-3 gap-px rounded border border-edge/60 p-px text-xs"
    >
      {tasks.map((task) => (
        <label
          key={task}
          className="flex h-11 cursor-pointer flex-col items-center justify-center gap-0.5 rounded-[3px] px-1 leading-4 text-soft select-none hover:text-ink has-checked:bg-raised has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-ink"
        >
          <input type="radio" className="sr-only" name={name} checked={task === value} onChange={() => onPick(task)} />
          <span className="flex h-4 items-center gap-0.5" aria-hidden>
            {PICTURES[task].map((Picture, index) => (
              <Picture key={index} size={PICTURES[task].length > 1 ? 13 : 16} />
            ))}
          </span>
          <span className="truncate">{TASK_TITLES[task]}</span>
        </label>
      ))}
    </div>
  )
}
