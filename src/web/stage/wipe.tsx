import { type CSSProperties, useState } from 'react'
import { Fitted, SideLabel } from './fitted.tsx'
import { MediaView } from './media-view.tsx'
import type { Side } from './side.ts'
import type { Transport } from './transport.ts'
import { clipOf, WIPE_STEP } from './wipe-geometry.ts'

/** Before and after in one frame, with an edge between them that a pointer, a finger or the arrow keys move. */
export const Wipe = ({
  source,
  result,
  transport,
  leads,
}: {
  source: Side
  result: Side
  transport: Transport
  leads: 'source' | 'result'
}) => {
  const [edge, setEdge] = useState(50)
  const style: CSSProperties = { clipPath: clipOf(edge) }
  return (
    <Fitted width={result.width} height={result.height}>
      <MediaView side={source} transport={transport} part={leads === 'source' ? 'leader' : 'follower'} />
      <div className="absolute inset-0 bg-room" style={style}>
        <MediaView side={result} transport={transport} part={leads === 'result' ? 'leader' : 'follower'} />
      </div>
      <SideLabel at="left">{source.label}</SideLabel>
      <SideLabel at="right">{result.label}</SideLabel>
      <input
        type="range"
        aria-label="Compare: source to the left of the edge, result to the right"
        aria-valuetext={`Source ${Math.round(edge)} %`}
        min={0}
        max={100}
        step={WIPE_STEP}
        value={edge}
        onChange={(event) => setEdge(event.target.valueAsNumber)}
        className="wipe"
      />
      <div className="wipe-edge" style={{ left: `${edge}%` }} aria-hidden>
        <span />
      </div>
    </Fitted>
  )
}
