import { type PointerEvent, useEffect, useRef } from 'react'

/** Milliseconds that a finger stays for a long press, and how far it may move meanwhile. */
const LONG = 450
const SLACK = 10

/** A long press by a finger, as phones have it for selecting. Other pointers have keys for that. */
export const useLongPress = (act: () => void) => {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  const state = useRef({ timer: 0, long: false, touched: false, x: 0, y: 0 })
  const end = () => clearTimeout(state.current.timer)
  useEffect(() => end, [])
  return {
    /** Whether the click that comes belongs to a long press, which it ends. */
    wasLong: (): boolean => {
      const { long } = state.current
      state.current.long = false
      return long
    },
    /** Whether the last press was a finger's. */
    isTouched: (): boolean => state.current.touched,
    props: {
      onPointerDown: ({ pointerType, clientX, clientY }: PointerEvent) => {
        const touched = pointerType === 'touch'
        state.current = { timer: 0, long: false, touched, x: clientX, y: clientY }
        if (!touched) return
        state.current.timer = Number(
          setTimeout(() => {
            state.current.long = true
            latest.current()
          }, LONG),
        )
      },
      onPointerMove: ({ clientX, clientY }: PointerEvent) => {
        const { x, y } = state.current
        if (Math.hypot(clientX - x, clientY - y) > SLACK) end()
      },
      onPointerUp: end,
      onPointerCancel: end,
    },
  }
}
