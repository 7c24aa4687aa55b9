import { expect, it } from 'vitest'
import { isComposing, pressedKey } from './pressed-key.ts'

it.each([
  ['a letter', 'c', 'KeyC', 'c'],
  ['with Shift or Caps Lock', 'C', 'KeyC', 'c'],
  ['where a French keyboard has its A', 'a', 'KeyQ', 'a'],
  ['where a Dvorak keyboard has its C', 'c', 'KeyI', 'c'],
  ['a letter of its own of a Latin keyboard', 'å', 'KeyQ', 'å'],
  ['French digits without Shift', 'é', 'Digit2', 'é'],
  ['Cyrillic', 'с', 'KeyC', 'c'],
  ['Cyrillic with Shift', 'С', 'KeyC', 'c'],
  ['Greek', 'ψ', 'KeyC', 'c'],
  ['Hebrew', 'ב', 'KeyC', 'c'],
  ['Arabic', 'ؤ', 'KeyC', 'c'],
  ['Korean', 'ㅊ', 'KeyC', 'c'],
  ['a Cyrillic letter where Latin has a sign', 'б', 'Comma', ','],
  ['an Arabic digit', '٣', 'Digit3', '3'],
  ['a name', 'ArrowLeft', 'ArrowLeft', 'arrowleft'],
  ['what has no place', 'ю', '', 'ю'],
])('%s', (_, key, code, pressed) => expect(pressedKey({ key, code })).toBe(pressed))

it('is composing while the browser says so, and by the old number', () => {
  expect([
    isComposing({ isComposing: true, keyCode: 13 }),
    isComposing({ isComposing: false, keyCode: 229 }),
    isComposing({ isComposing: false, keyCode: 13 }),
  ]).toEqual([true, true, false])
})
