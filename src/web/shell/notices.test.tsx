// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Notice } from '../../shared/routes.ts'
import { useNotices } from '../data/notices.ts'
import { useDismissed } from '../state/dismissed.ts'
import { Notices } from './notices.tsx'

const say = (...notices: Notice[]) => act(() => useNotices.setState({ notices }))
const REBUILT: Notice = { code: 'INDEX_REBUILT', message: 'It was made again.' }
const FULL: Notice = { code: 'DISK_FULL', message: 'The disk is full.' }
const lines = () => [...screen.getByRole('status', { name: 'Notices' }).children].map(({ textContent }) => textContent)

beforeEach(() => {
  localStorage.clear()
  useDismissed.setState(useDismissed.getInitialState(), true)
  useNotices.setState(useNotices.getInitialState(), true)
})
afterEach(cleanup)

it('says what goes on before what is over, and only what is over can be put away', () => {
  render(<Notices />)
  expect(lines()).toEqual([])
  say(REBUILT, { code: 'KEY_REFUSED', message: 'Said in the bar.' }, FULL)
  expect(lines()).toEqual(['The disk is full.', 'It was made again.'])
  const dismiss = screen.getAllByRole('button', { name: 'Dismiss' })
  expect(dismiss).toHaveLength(1)
  expect(within(screen.getByText('It was made again.').parentElement as HTMLElement).getByRole('button')).toBe(
    dismiss[0],
  )
  say(REBUILT)
  expect(lines()).toEqual(['It was made again.'])
})

it('does not say again what was put away, unless it is something else', () => {
  const { unmount } = render(<Notices />)
  say(REBUILT)
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }))
  expect(lines()).toEqual([])
  unmount()
  render(<Notices />)
  expect(lines()).toEqual([])
  const again: Notice = { code: 'INDEX_REBUILT', message: 'It was made again, on Tuesday.' }
  say(again)
  expect(lines()).toEqual([again.message])
  // What the server no longer says need not be remembered.
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }))
  expect(useDismissed.getState().messages).toEqual([again.message])
})
