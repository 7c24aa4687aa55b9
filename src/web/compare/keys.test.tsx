// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { cleanup, fireEvent, renderHook } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { actionOf, type Press, useTimeKeys } from './keys.ts'
import { createFakeViewer, fakeClip, fakePicture } from './testing/fake-viewer.ts'

afterEach(() => {
  cleanup()
  document.body.innerHTML = ''
})

const pressing = (key: string, rest: Partial<Press> = {}): Press => ({
  key,
  code: '',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...rest,
})
const focused = (html: string): Element => {
  document.body.innerHTML = html
  const element = document.querySelector('[data-focus]')
  if (!element) throw new Error('Nothing has the focus.')
  return element
}
const on = (key: string, rest: Partial<Press> = {}, target: EventTarget = document.body, kHeld = false) =>
  actionOf(pressing(key, rest), target, kHeld)

describe('keys', () => {
  it.each([
    [' ', { name: 'toggle' }],
    ['k', { name: 'pause' }],
    ['K', { name: 'pause' }],
    ['l', { name: 'shuttle', by: 1 }],
    ['j', { name: 'shuttle', by: -1 }],
    [',', { name: 'step', by: -1 }],
    ['.', { name: 'step', by: 1 }],
    ['ArrowLeft', { name: 'step', by: -1 }],
    ['ArrowRight', { name: 'step', by: 1 }],
    ['Home', { name: 'start' }],
    ['End', { name: 'end' }],
    ['i', { name: 'in' }],
    ['o', { name: 'out' }],
    ['Escape', { name: 'clear' }],
    ['m', { name: 'sound' }],
    ['r', { name: 'loop' }],
    // The page folds its columns by them.
    ['[', null],
    [']', null],
    ['x', null],
    ['1', null],
    ['Tab', null],
  ])('"%s" means %o', (key, action) => expect(on(key)).toEqual(action))

  it('go ten frames with Shift, whatever the keyboard makes of the key', () => {
    const shiftKey = true
    expect(on('<', { shiftKey, code: 'Comma' })).toEqual({ name: 'step', by: -10 })
    expect(on(':', { shiftKey, code: 'Period' })).toEqual({ name: 'step', by: 10 })
    expect(on('ArrowRight', { shiftKey })).toEqual({ name: 'step', by: 10 })
    // Where Shift is how one gets at the full stop at all.
    expect(on('.', { shiftKey, code: 'Comma' })).toEqual({ name: 'step', by: 1 })
  })

  it('change the speed by the brackets with Shift, whatever the keyboard makes of the key', () => {
    const shiftKey = true
    expect(on('{', { shiftKey, code: 'BracketLeft' })).toEqual({ name: 'speed', by: -1 })
    expect(on('*', { shiftKey, code: 'BracketRight', repeat: true })).toEqual({ name: 'speed', by: 1 })
  })

  it('with Shift, I and O clear the range, and the other letters are left alone', () => {
    const shiftKey = true
    expect(['I', 'O', 'K', 'R', ' '].map((key) => on(key, { shiftKey }))).toEqual([
      { name: 'clear' },
      { name: 'clear' },
      null,
      null,
      null,
    ])
  })

  it('with K held, J and L go by single frames, also when they repeat', () => {
    expect([on('l', { repeat: true }, document.body, true), on('j', {}, document.body, true)]).toEqual([
      { name: 'step', by: 1 },
      { name: 'step', by: -1 },
    ])
  })

  it('repeat where that is of use', () => {
    expect([' ', 'k', 'l', 'j', 'i', 'm', 'r', 'Escape'].map((key) => on(key, { repeat: true }))).toEqual(
      Array.from({ length: 8 }, () => null),
    )
    expect([',', 'ArrowRight'].every((key) => on(key, { repeat: true }) !== null)).toBe(true)
  })

  it.each(['ctrlKey', 'metaKey', 'altKey'] as const)('mean nothing with %s', (modifier) => {
    expect([' ', 'k', 'l', ',', 'r', 'Home'].map((key) => on(key, { [modifier]: true }))).toEqual(
      Array.from({ length: 6 }, () => null),
    )
  })

  it('are found by place on keyboards of other scripts', () => {
    const shiftKey = true
    expect([
      on('д', { code: 'KeyL' }),
      on('Х', { code: 'BracketLeft', shiftKey }),
      on('б', { code: 'Comma' }),
      on('Б', { code: 'Comma', shiftKey }),
    ]).toEqual([
      { name: 'shuttle', by: 1 },
      { name: 'speed', by: -1 },
      { name: 'step', by: -1 },
      { name: 'step', by: -10 },
    ])
  })

  it.each([
    '<input data-focus>',
    '<textarea data-focus></textarea>',
    '<select data-focus></select>',
    '<p contenteditable="true"><b data-focus></b></p>',
  ])('mean nothing in %s', (html) => {
    const target = focused(html)
    for (const key of [' ', 'k', 'l', ',', '.', 'Home', 'ArrowLeft', 'm', '[', 'Escape'])
      expect(on(key, {}, target)).toBe(null)
  })

  it('leave Space to a button, and Escape to what it closes', () => {
    expect(on(' ', {}, focused('<button data-focus></button>'))).toBe(null)
    expect(on('k', {}, focused('<button data-focus></button>'))).toEqual({ name: 'pause' })
    expect(on('Escape', {}, focused('<dialog><button data-focus></button></dialog>'))).toBe(null)
  })

  it.each(['<input type="range" data-focus>', '<input type="radio" data-focus>', '<i role="slider" data-focus></i>'])(
    'leave arrows, Home and End to %s',
    (html) => {
      const target = focused(`<div data-time-keys>${html}</div>`)
      expect(['ArrowLeft', 'Home', 'End'].map((key) => on(key, {}, target))).toEqual([null, null, null])
      expect(on('l', {}, target)).toEqual({ name: 'shuttle', by: 1 })
    },
  )

  it('step by arrows on the timeline and beside it, not on other things', () => {
    const step = { name: 'step', by: 1 }
    expect(on('ArrowRight', {}, focused('<input type="range" data-time-keys data-focus>'))).toEqual(step)
    expect(on('ArrowRight', {}, focused('<div data-time-keys><button data-focus></button></div>'))).toEqual(step)
    expect(on('ArrowRight', {}, focused('<button data-focus></button>'))).toBe(null)
  })
})

describe('useTimeKeys', () => {
  const press = (key: string, rest: KeyboardEventInit = {}) => !fireEvent.keyDown(document.body, { key, ...rest })

  it('drives the viewer until it is gone', () => {
    const viewer = createFakeViewer([fakeClip({ hasAudio: true })])
    const { unmount } = renderHook(() => useTimeKeys(viewer))
    viewer.seek(2)
    expect(press('l')).toBe(true)
    expect(viewer.state()).toMatchObject({ playing: true, rate: 1 })
    press('l')
    expect(viewer.state().rate).toBe(2)
    press('j')
    expect(viewer.state().rate).toBe(-1)
    press('k')
    expect(viewer.state().playing).toBe(false)
    fireEvent.keyUp(document.body, { key: 'k' })
    press('r')
    press('m')
    press('i')
    expect(viewer.state()).toMatchObject({ loop: false, sound: 0, range: { from: 2, to: 5 } })
    press('Home')
    expect(viewer.state().target).toBe(2)
    press('Escape')
    expect(viewer.state().range).toBe(null)
    press('End')
    expect(viewer.state().shown.frames).toEqual([124])
    unmount()
    expect(press(' ')).toBe(false)
    expect(viewer.state().playing).toBe(false)
  })

  it('steps with K held, until it is let go or the window is left', () => {
    const viewer = createFakeViewer()
    renderHook(() => useTimeKeys(viewer))
    viewer.seek(2)
    press('k')
    press('l')
    press('l', { repeat: true })
    expect(viewer.state()).toMatchObject({ playing: false, target: 2.08 })
    fireEvent.keyUp(document.body, { key: 'k' })
    press('l')
    expect(viewer.state().playing).toBe(true)
    press('k')
    fireEvent.blur(window)
    press('j')
    expect(viewer.state()).toMatchObject({ playing: true, rate: -1 })
  })

  it('leaves keys that do nothing to the page', () => {
    const viewer = createFakeViewer()
    renderHook(() => useTimeKeys(viewer))
    expect([press('Escape'), press('x'), press('Tab')]).toEqual([false, false, false])
    const pictures = createFakeViewer([fakePicture(), fakePicture()])
    renderHook(() => useTimeKeys(pictures))
    press(' ')
    expect(pictures.asked).toEqual([])
  })

  it('does not do what another has done', () => {
    const viewer = createFakeViewer()
    renderHook(() => useTimeKeys(viewer))
    document.body.addEventListener('keydown', (event) => event.preventDefault(), { once: true })
    press('l')
    expect(viewer.asked).toEqual([])
  })
})
