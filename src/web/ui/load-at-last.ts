/** Milliseconds until code that did not come, since the server was away, is asked for again. */
const AGAIN_AFTER = 2000

/** Stylesheets that did not come. */
const missing = new Set<HTMLLinkElement>()
addEventListener(
  'error',
  ({ target }) => void (target instanceof HTMLLinkElement && target.rel === 'stylesheet' && missing.add(target)),
  true,
)

/** Asks again for stylesheets that did not come: what Vite loads with code it asks for once. Rejects where one does not come. */
const loadStyles = (): Promise<unknown> =>
  Promise.all(
    [...missing].map((link) => {
      missing.delete(link)
      const again = link.cloneNode()
      link.replaceWith(again)
      return new Promise((resolve, reject) => {
        again.addEventListener('load', resolve)
        again.addEventListener('error', reject)
      })
    }),
  )

/** Fetches code that is not part of the first load. While the server is away, it is asked for again every two seconds. */
export const loadAtLast = async <Part>(load: () => Promise<Part>): Promise<Part> => {
  for (;;) {
    try {
      await loadStyles()
      return await load()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER))
    }
  }
}
