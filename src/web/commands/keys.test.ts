// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { COMMANDS } from './table.ts'
import { commandOf } from './command-keys.ts'

const press = (
  key: string,
  held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', true>> = {},
  code = '',
) => ({
  key,
  code,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
})

it('finds the command of a key, with ⌘ as with Ctrl', () => {
  expect(commandOf(press('k', { ctrlKey: true }), null)?.id).toBe('palette')
  expect(commandOf(press('k', { metaKey: true }), null)?.id).toBe('palette')
  expect(commandOf(press('?', { shiftKey: true }, 'Slash'), null)?.id).toBe('keys')
  expect(commandOf(press('Z', { ctrlKey: true, shiftKey: true }), null)?.id).toBe('redo')
  expect(commandOf(press('k'), null)).toBeUndefined()
  expect(commandOf(press('g', { altKey: true }), null)).toBeUndefined()
})

it('folds by the brackets and the backslash, wherever a keyboard has them, and not with Shift', () => {
  const on = (...about: Parameters<typeof press>) => commandOf(press(...about), null)?.id
  expect(['[', ']', '\\', 'f', 't', 'g'].map((key) => on(key))).toEqual([
    'left',
    'right',
    'both',
    'full screen',
    'theatre',
    'wall',
  ])
  expect([on('ü', {}, 'BracketLeft'), on('+', {}, 'BracketRight'), on('#', {}, 'Backslash')]).toEqual([
    'left',
    'right',
    'both',
  ])
  // Shift changes the speed.
  expect(on('{', { shiftKey: true }, 'BracketLeft')).toBeUndefined()
})

it('gives each key to one command', () => {
  const keys = COMMANDS.flatMap((command) => command.keys ?? [])
  expect(new Set(keys).size).toBe(keys.length)
})
