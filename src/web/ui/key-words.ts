const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '')

const NAMES: Readonly<Record<string, string>> = {
  mod: isApple ? '⌘' : 'Ctrl',
  shift: isApple ? '⇧' : 'Shift',
  alt: isApple ? '⌥' : 'Alt',
  enter: isApple ? '⏎' : 'Enter',
  escape: 'Esc',
  space: 'Space',
  left: '←',
  right: '→',
  up: '↑',
  down: '↓',
}

/** The parts of a key as a person reads them: `mod+shift+z` is ⌘ ⇧ Z. */
export const keyWords = (key: string): string[] =>
  key === '+' ? ['+'] : key.split('+').map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part))
