import type { MouseEvent } from 'react'

/** What a click on a row is for: that take alone, one more to compare, or all up to it. */
export type How = 'alone' | 'toggle' | 'range'

export const howOf = ({ ctrlKey, metaKey, shiftKey }: Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'shiftKey'>): How =>
  shiftKey ? 'range' : ctrlKey || metaKey ? 'toggle' : 'alone'
