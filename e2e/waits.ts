import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'

// What is read at one moment is read too early on a slow machine: these wait until there is something to read.

type Box = { x: number; y: number; width: number; height: number }

/** Where an element is on the page, once it stands still: what loads beside it moves it for a moment. */
export const boxOf = async (locator: Locator): Promise<Box> => {
  const boxes: (Box | null)[] = []
  await expect
    .poll(
      async () => {
        boxes.push(await locator.boundingBox())
        return boxes.at(-1) !== null && JSON.stringify(boxes.at(-1)) === JSON.stringify(boxes.at(-2))
      },
      { intervals: [50, 50, 100, 250] },
    )
    .toBe(true)
  const box = boxes.at(-1)
  if (!box) throw new Error('not on screen')
  return box
}

/** The rules of WCAG 2.2, levels A and AA. */
export const wcag = (page: Page): AxeBuilder =>
  new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])

/** Waits until axe finds nothing: what fades in has too little contrast on its way. Else says the rule, and where. */
export const expectNoBarrier = async (axe: AxeBuilder): Promise<void> => {
  const barriers = async () => {
    const { violations } = await axe.analyze()
    return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
  }
  await expect.poll(barriers).toEqual([])
}

/**
 * All that the list item with those words says from now on, in turn: a word that stands for a moment only may be gone
 * before it is looked for. `region` is what stays while its items come and go.
 */
export const listenTo = async (region: Locator, words: string): Promise<() => Promise<string>> => {
  const heard = await region.evaluateHandle((list, wanted) => {
    const said: string[] = []
    const look = () => {
      for (const { textContent } of list.querySelectorAll('li'))
        if (textContent?.includes(wanted) && said.at(-1) !== textContent) said.push(textContent)
    }
    new MutationObserver(look).observe(list, { subtree: true, childList: true, characterData: true })
    look()
    return said
  }, words)
  return async () => (await heard.jsonValue()).join('\n')
}
