import { expect, it } from 'vitest'
import { layoutActOf } from './use-layout-keys.ts'

const on = (key: string, more: Partial<Parameters<typeof layoutActOf>[0]> = {}) =>
  layoutActOf({ key, code: '', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...more })

it('folds by the brackets and the backslash, wherever a keyboard has them', () => {
  expect(['[', ']', '\\', 'f', 'F', 't', 'x'].map((key) => on(key))).toEqual([
    'left',
    'right',
    'both',
    'full screen',
    'full screen',
    'theatre',
    null,
  ])
  expect([on('ü', { code: 'BracketLeft' }), on('+', { code: 'BracketRight' }), on('#', { code: 'Backslash' })]).toEqual(
    ['left', 'right', 'both'],
  )
})

it('means nothing with Shift, which changes the speed, with other keys, or while it is held', () => {
  expect(on('{', { code: 'BracketLeft', shiftKey: true })).toBeNull()
  expect(on('f', { ctrlKey: true })).toBeNull()
  expect(on(']', { repeat: true })).toBeNull()
})
