import type { CSSProperties, ReactNode } from 'react'

/** A box of the media's own shape, as large as its place allows. */
export const Fitted = ({ width, height, children }: { width: number; height: number; children: ReactNode }) => {
  const style: CSSProperties = {
    width: `min(100cqw, calc(100cqh * ${width / height}))`,
    aspectRatio: `${width} / ${height}`,
  }
  return (
    <div className="flex size-full min-h-0 min-w-0 items-center justify-center [container-type:size]">
      <div className="relative" style={style}>
        {children}
      </div>
    </div>
  )
}

/** What a side is, on the media itself. */
export const SideLabel = ({ at, children }: { at: 'left' | 'right'; children: ReactNode }) => (
  <span
    className={`pointer-events-none absolute top-2 z-10 max-w-[48%] truncate rounded-sm bg-black/70 px-1.5 text-xs leading-5 text-white ${at === 'left' ? 'left-2' : 'right-2'}`}
  >
    {children}
  </span>
)
