import { useState } from 'react'
import { FRAME_USES, frameToInput, useFrameOnStage } from '../../state/frame-on-stage.ts'
import { USES } from '../../state/uses.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'

/** Where the frame on the stage can go, for a take that stands there as a clip. */
export const FrameMenu = ({ job }: { job: string }) => {
  const offered = useFrameOnStage(({ frame }) => frame?.job === job)
  const [at, setAt] = useState<{ x: number; y: number } | null>(null)
  if (!offered) return null
  return (
    <>
      <Button
        size="small"
        aria-haspopup="menu"
        onClick={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect()
          setAt({ x: left, y: bottom })
        }}
      >
        Use this frame…
      </Button>
      {at && (
        <Menu
          label="Use this frame"
          at={at}
          items={USES.map((use) => ({ words: FRAME_USES[use], act: () => void frameToInput(use) }))}
          onClose={() => setAt(null)}
        />
      )}
    </>
  )
}
