import type { Viewer } from '../viewer.ts'
import { Button } from '../../ui/button.tsx'
import { pressedKey } from '../../ui/pressed-key.ts'
import { lookThrough } from './room.ts'
import { takesLetters } from '../typing.ts'
import { useHeldKeys } from '../use-held-keys.ts'
import { useViewer } from './use-viewer.ts'
import type { ScreenViewport } from './use-viewport.ts'

/**
 * Holding B anywhere but in text shows the reference in the other's place, until it is let go of or the window loses
 * the keyboard. From another way of looking it leads to this one.
 */
export const useBlinkKey = (viewer: Viewer, viewport: ScreenViewport | undefined) => {
  const blink = (blinking: boolean) => {
    const { view } = viewer.state()
    if (view.blinking === blinking) return
    if (view.mode === 'blink') viewer.setView({ blinking })
    else if (blinking && viewer.state().sides.length > 1) lookThrough(viewer, viewport, { mode: 'blink', blinking })
  }
  useHeldKeys({
    down: (event) => {
      if (pressedKey(event) !== 'b' || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
      if (!takesLetters(event.target)) blink(true)
    },
    up: (event) => {
      if (pressedKey(event) === 'b') blink(false)
    },
    leave: () => blink(false),
  })
}

/** Shows the reference as long as it is held, by pointer, finger, Space or Enter. */
export const BlinkButton = ({ viewer, name }: { viewer: Viewer; name: string }) => {
  const blinking = useViewer(viewer, (state) => state.view.blinking)
  const blink = (on: boolean) => viewer.setView({ blinking: on })
  return (
    <Button
      size="small"
      aria-pressed={blinking}
      aria-keyshortcuts="B"
      data-tip={`Hold to see ${name}`}
      data-keys="b"
      className={blinking ? 'touch-none bg-raised pointer-coarse:px-6' : 'touch-none pointer-coarse:px-6'}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        blink(true)
      }}
      onPointerUp={() => blink(false)}
      onPointerCancel={() => blink(false)}
      // A long press must not bring up a menu.
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key !== ' ' && event.key !== 'Enter') return
        // Space plays elsewhere.
        event.preventDefault()
        event.stopPropagation()
        blink(true)
      }}
      onKeyUp={(event) => {
        if (event.key === ' ' || event.key === 'Enter') blink(false)
      }}
      onBlur={() => blink(false)}
    >
      Hold for {name}
    </Button>
  )
}
