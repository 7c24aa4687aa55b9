// @vitest-environment jsdom
import '../../testing/fail-on-console-error.ts'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { createFakeBench, fakeClip } from '../testing/fake-bench.ts'
import { namesFor } from '../choose.ts'
import { ChooseBar } from './choose-bar.tsx'
import { useChoice } from './use-choice.ts'

const NAMES = ['Draft one', 'Draft two', 'Cloud']

afterEach(cleanup)

const show = () => {
  const bench = createFakeBench(NAMES.map(() => fakeClip()))
  const Chooser = () => {
    const [choice, act] = useChoice(bench, NAMES.length)
    return (
      <>
        <pre>{namesFor(choice, NAMES).join()}</pre>
        <ChooseBar {...{ choice, act }} names={NAMES} prize={(winner) => <b>prize {winner}</b>} drawSeed={() => 5} />
        <div className="bench-canvas" />
        <input aria-label="Prompt" />
      </>
    )
  }
  render(<Chooser />)
  return bench
}
const press = (key: string, on: Element = document.body) => fireEvent.keyDown(on, { key })
const says = () => screen.getByRole('status').textContent
const candidates = () => screen.getAllByRole('listitem').map((item) => item.getAttribute('aria-label'))

describe('choosing', () => {
  it('goes by keys to a winner, who gets the prize, and back', () => {
    const bench = show()
    expect(says()).toBe('3 of 3 to judge')
    press('1')
    press('2')
    screen.getByRole('button', { name: 'Keep Cloud' }).focus()
    press('x', document.activeElement as Element)
    expect(candidates()).toEqual(['Draft one, kept', 'Draft two, kept', 'Cloud, rejected'])
    expect(says()).toBe('2 of 3 kept')
    press('n')
    expect(says()).toBe('Round 2: 2 of 2 to judge')
    expect(bench.state().view).toMatchObject({ mode: 'grid', order: [0, 1] })
    fireEvent.click(screen.getByRole('button', { name: 'Reject Draft one' }))
    expect([says(), screen.getByText('prize 1').tagName]).toEqual(['Winner: Draft two', 'B'])
    press('u')
    press('Backspace')
    expect(says()).toBe('2 of 3 kept')
    expect(bench.state().view.order).toEqual([0, 1, 2])
  })

  it('rejects what is pointed at', () => {
    show()
    const canvas = document.querySelector('.bench-canvas') as Element
    canvas.getBoundingClientRect = () => new DOMRect(0, 0, 1200, 300)
    fireEvent.pointerMove(document.body, { clientX: 600, clientY: 150 })
    press('x')
    expect(candidates()[1]).toBe('Draft two, rejected')
    fireEvent.pointerMove(document.body, { clientX: 600, clientY: 900 })
    press('x')
    expect(says()).toBe('2 of 3 to judge')
  })

  it('goes by the same keys on keyboards of other scripts', () => {
    show()
    fireEvent.keyDown(document.body, { key: '١', code: 'Digit1' })
    expect(says()).toBe('2 of 3 to judge')
    fireEvent.keyDown(document.body, { key: 'г', code: 'KeyU' })
    expect(says()).toBe('3 of 3 to judge')
  })

  it('leaves keys to what is typed into, and to the browser', () => {
    show()
    press('1', screen.getByLabelText('Prompt'))
    fireEvent.keyDown(document.body, { key: '1', ctrlKey: true })
    expect(says()).toBe('3 of 3 to judge')
  })

  it('takes back a verdict by its own button', () => {
    show()
    const keep = screen.getByRole('button', { name: 'Keep Cloud' })
    fireEvent.click(keep)
    expect(keep.getAttribute('aria-pressed')).toBe('true')
    fireEvent.click(keep)
    expect(candidates()[2]).toBe('Cloud, not judged')
  })

  it('blind says letters everywhere until the end', () => {
    const bench = show()
    fireEvent.click(screen.getByRole('switch', { name: 'Blind' }))
    expect(candidates()).toEqual(['A, not judged', 'B, not judged', 'C, not judged'])
    const { order } = bench.state().view
    expect([...order].sort()).toEqual([0, 1, 2])
    const hidden = document.body.innerHTML
    for (const name of NAMES) expect(hidden).not.toContain(name)
    fireEvent.click(screen.getByRole('button', { name: 'Reject A' }))
    fireEvent.click(screen.getByRole('button', { name: 'Reject C' }))
    expect(says()).toBe(`Winner: ${NAMES[order[1] ?? 0]}`)
    expect(document.querySelector('pre')?.textContent).toBe(NAMES.join())
  })
})
