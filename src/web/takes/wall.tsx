import { type CSSProperties, useId } from 'react'
import { Switch } from '../ui/switch.tsx'
import { Library } from './library.tsx'
import { useWallLook, WALL_HEIGHT } from './wall-look.ts'

const shownAt = (percent: number): CSSProperties => ({ '--at': `${percent}%` }) as CSSProperties

/** The library as the whole middle: every take by its batch, larger or smaller, all in motion. */
export const WallOfTakes = () => {
  const { height, moves, setHeight, setMoves } = useWallLook()
  const id = useId()
  const share = ((height - WALL_HEIGHT.least) / (WALL_HEIGHT.most - WALL_HEIGHT.least)) * 100
  return (
    <Library
      look={{ kind: 'wall', height }}
      isStill={!moves}
      aside={
        <div className="ml-auto flex shrink-0 items-center gap-4 text-xs text-soft">
          <label className="flex items-center gap-2">
            Size
            <input
              type="range"
              className="scrubber w-28"
              style={shownAt(share)}
              min={WALL_HEIGHT.least}
              max={WALL_HEIGHT.most}
              value={height}
              onChange={({ target }) => setHeight(Number(target.value))}
            />
          </label>
          <span className="flex items-center gap-2">
            <Switch id={id} checked={moves} onChange={setMoves} />
            <label htmlFor={id}>All move</label>
          </span>
        </div>
      }
    />
  )
}
