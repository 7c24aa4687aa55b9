import type { Viewer } from '../../compare/viewer.ts'
import type { LinkOffer } from '../../compare/ui/export-panel.tsx'
import type { Entry } from '../../state/comparison.ts'
import { copyText } from '../../ui/copy-text.ts'
import { linkTo, outlookOf } from './link.ts'

/** A link to these things, looked at as they are when it is copied; or why there can be none. */
export const linkOffer = (entries: readonly Entry[], viewer: Viewer | undefined): LinkOffer => {
  if (entries.some(({ kind }) => kind === 'local'))
    return { refused: 'There is no link to files that were only dropped here: they were not uploaded.' }
  return {
    copy: async () => {
      if (!viewer) return
      const { hash } = linkTo(entries, outlookOf(viewer.state()))
      if (hash !== null) await copyText(new URL(hash, location.href).href)
    },
  }
}
