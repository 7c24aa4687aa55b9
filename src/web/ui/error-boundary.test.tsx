// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { ErrorBoundary } from './error-boundary.tsx'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

it('keeps a defect in its column, leaves the others alone, and can be tried again', () => {
  // React reports what a boundary catches; here that is the point.
  const report = vi.spyOn(console, 'error').mockImplementation(() => {})
  let broken = true
  const Column = () => {
    if (broken) throw new Error('no such frame')
    return <p>Works</p>
  }
  render(
    <>
      <ErrorBoundary name="Stage">
        <Column />
      </ErrorBoundary>
      <p>Takes</p>
    </>,
  )
  expect(screen.getByRole('alert').textContent).toContain('Stage stopped working.')
  expect(screen.getByText('no such frame')).toBeTruthy()
  expect(screen.getByText('Takes')).toBeTruthy()
  expect(report).toHaveBeenCalled()
  broken = false
  fireEvent.click(screen.getByRole('button', { name: 'Show it again' }))
  expect(screen.getByText('Works')).toBeTruthy()
})
