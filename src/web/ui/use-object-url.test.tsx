// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { cleanup, render, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { useObjectUrl } from './use-object-url.ts'

const lent = new Set<string>()
beforeEach(() => {
  let count = 0
  lent.clear()
  URL.createObjectURL = () => {
    const url = `blob:${++count}`
    lent.add(url)
    return url
  }
  URL.revokeObjectURL = (url) => void lent.delete(url)
})
afterEach(cleanup)

const Shown = ({ blob }: { blob: Blob | undefined }) => <p role="note">{useObjectUrl(blob) ?? 'nothing'}</p>
const notes = () => screen.getAllByRole('note').map(({ textContent }) => textContent)

it('gives back every URL, when the blob changes and when it is no longer shown', () => {
  const { rerender, unmount } = render(<Shown blob={undefined} />, { wrapper: StrictMode })
  expect(notes()).toEqual(['nothing'])
  rerender(<Shown blob={new Blob(['a'])} />)
  expect([...lent]).toEqual(notes())
  rerender(<Shown blob={new Blob(['b'])} />)
  expect([...lent]).toEqual(notes())
  unmount()
  expect([...lent]).toEqual([])
})

it('lends one URL to all who show the same blob, until the last is gone', () => {
  const blob = new Blob(['a'])
  const { rerender } = render([<Shown key="1" blob={blob} />, <Shown key="2" blob={blob} />])
  expect(new Set(notes()).size).toBe(1)
  rerender([<Shown key="1" blob={blob} />])
  expect([...lent]).toEqual(notes())
})
