// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { cleanup, render } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { surviveTranslation } from './survive-translation.ts'

let stop: () => void
beforeEach(() => (stop = surviveTranslation()))
afterEach(() => {
  cleanup()
  stop()
})

const replace = (text: Text, font: HTMLElement) => text.replaceWith(font)
const putBefore = (text: Text, font: HTMLElement) => {
  text.before(font)
  text.remove()
}

/** As browsers do it, without a word to the page. */
const translate = (put: (text: Text, font: HTMLElement) => void): void => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node instanceof Text && !node.parentElement?.closest('font')) texts.push(node)
  for (const text of texts) {
    const font = document.createElement('font')
    font.append(text.data.toUpperCase())
    put(text, font)
  }
}

const Part = ({ count }: { count: number }) => (
  <p>
    {count > 0 && 'left '}
    {count > 1 && <b>bold </b>}
    {count} takes{count === 3 ? '' : ' wait'}
  </p>
)

it.each([replace, putBefore])(
  'shows new words where others were translated, and puts in and takes away ($name)',
  (put) => {
    const { container, rerender, unmount } = render(<Part count={0} />)
    const said: (string | null)[] = []
    for (const count of [1, 2, 3, 0, 2]) {
      translate(put)
      rerender(<Part count={count} />)
      said.push(container.textContent)
    }
    expect(said).toEqual([
      'left 1 TAKES WAIT',
      'LEFT bold 2 TAKES WAIT',
      'LEFT BOLD 3 TAKES',
      '0 TAKES wait',
      'left bold 2 TAKES WAIT',
    ])
    translate(put)
    unmount()
    expect(container.textContent).toBe('')
  },
)
