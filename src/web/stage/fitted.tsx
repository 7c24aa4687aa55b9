import type { CSSProperties, ReactNode } from 'react'
import type { Side } from './side.ts'

/** A box of the media's own shape, as large as its place allows. */
export const Fitted = ({ width, height, children }: { width: number; height: number; children: ReactNode }) => {
  const style: CSSProperties = {
    width: `min(100cqw, calc(100cqh * ${width / height}))`,
    aspectRatio: `${width} / ${height}`,
  }
  return (
    <div className="flex size-full min-h-0 min-w-0 items-center justify-center [container-type:size]">
      <div className="@container relative" style={style}>
        {children}
      </div>
    </div>
  )
}

const PLACES = {
  left: 'left-2',
  right: 'right-2',
  // Where the picture is too narrow for two labels they grow outwards from its middle, beyond its edges.
  'left of two': 'left-2 @max-[10rem]:left-auto @max-[10rem]:right-[calc(50%+2px)]',
  'right of two': 'right-2 @max-[10rem]:right-auto @max-[10rem]:left-[calc(50%+2px)]',
} as const

/** What a side is, on the media itself: who made it is never cut off, the model goes first where there is no room. */
export const SideLabel = ({ side, at }: { side: Pick<Side, 'who' | 'model'>; at: keyof typeof PLACES }) => (
  <span
    className={`pointer-events-none absolute top-2 z-10 rounded-sm bg-black/70 px-1.5 text-xs leading-5 whitespace-nowrap text-white ${PLACES[at]}`}
  >
    <span>{side.who}</span>
    {side.model !== null && <span className="hidden @min-[22rem]:inline"> · {side.model}</span>}
  </span>
)
