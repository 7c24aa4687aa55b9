// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { useUploads } from '../data/uploads.ts'
import { useStudio } from '../state/studio.ts'
import { sampleFile } from '../testing/samples.ts'
import { SwapEnds } from './swap-ends.tsx'

afterEach(() => {
  cleanup()
  useUploads.setState(useUploads.getInitialState(), true)
  useStudio.setState(useStudio.getInitialState(), true)
})

it('swaps once both are there: one that is on its way would take the place of the other', () => {
  const [warm, cold] = [sampleFile('image', 'warm.png'), sampleFile('image', 'cold.png')]
  useStudio.setState({ draft: { first: warm } })
  useUploads.setState({
    bySlot: {
      last: { state: 'uploading', name: 'cold.png', bytes: 1, sent: 0, blob: null, controller: new AbortController() },
    },
  })
  render(<SwapEnds first="first" last="last" />)
  const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Swap first and last frame' })
  expect(button.disabled).toBe(true)

  act(() => {
    useUploads.setState({ bySlot: {} })
    useStudio.setState({ draft: { first: warm, last: cold } })
  })
  fireEvent.click(button)
  expect(useStudio.getState().draft).toEqual({ first: cold, last: warm })
})
