import type { ReactNode } from 'react'
import { PlainMedia, whyPlain } from './plain-media.tsx'
import type { Side } from './sides.ts'

/** The browser's own player, for pages that may not decode by themselves. It shows one clip, and says why no more. */
export const PlainPlayer = ({ side, tools }: { side: Side; tools: ReactNode }) => (
  <>
    <div className="viewer-picture relative min-h-0 p-3 pb-1 [grid-area:picture]">
      <PlainMedia side={side} />
    </div>
    <div className="flex viewer-controls items-center gap-2 px-4 py-1 [grid-area:controls]">
      <p className="min-w-0 flex-1 text-xs text-soft">Played by the browser. {whyPlain()}</p>
      {tools}
    </div>
  </>
)
