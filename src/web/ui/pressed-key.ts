/** What stands at these places on a keyboard with Latin letters; where letters and digits are, their codes say. */
const SIGNS: Partial<Record<string, string>> = {
  Comma: ',',
  Period: '.',
  BracketLeft: '[',
  BracketRight: ']',
  Minus: '-',
  Equal: '=',
}

const atPlace = (code: string): string | undefined => SIGNS[code] ?? /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1]

/**
 * What a key is, for a shortcut, in lower case. A Latin keyboard is believed, whatever its layout and its Caps Lock: on
 * a French one A is where it is written. On a keyboard of another script the key is what stands at its place on a Latin
 * one, so that a shortcut need not be another for each of them.
 */
export const pressedKey = ({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string => {
  // What is longer is the name of a key.
  const isOwn = key.length > 1 || key.charCodeAt(0) < 128 || /\p{Script=Latin}/u.test(key)
  return (isOwn ? key : (atPlace(code) ?? key)).toLowerCase()
}

/**
 * Whether a key belongs to words that are being composed, as in Japanese: Enter then ends a word and is no shortcut.
 * Safari tells it by the key's old number alone, after the composition is over.
 */
export const isComposing = ({ isComposing: composing, keyCode }: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>) =>
  composing || keyCode === 229
