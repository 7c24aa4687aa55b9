import { useRef } from 'react'
import { classes } from '../ui/classes.ts'
import { useSize } from '../ui/use-size.ts'
import { arrangement } from './arrangement.ts'
import { Fitted, SideLabel } from './fitted.tsx'
import { MediaView } from './media-view.tsx'
import type { Comparison } from './side.ts'

/** Both whole, beside each other, or above each other where the stage is narrow. */
export const SideBySide = ({ source, result, transport, leads, onToggle }: Comparison) => {
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const stacked = size !== undefined && arrangement(size, result) === 'column'
  return (
    <div ref={box} className={classes('flex size-full gap-2', stacked && 'flex-col')}>
      {[source, result].map((side) => (
        <Fitted key={side.role} width={side.width} height={side.height}>
          <MediaView
            key={side.urls[0]}
            side={side}
            transport={transport}
            part={leads === side.role ? 'leader' : 'follower'}
            onClick={onToggle}
          />
          <SideLabel at="left" side={side} />
        </Fitted>
      ))}
    </div>
  )
}
