import { useEffect } from 'react'
import { useComparison } from '../../state/comparison.ts'
import { setEntries } from '../../state/marking.ts'
import { Button } from '../../ui/button.tsx'
import { canDecodeClips } from '../plain-media.tsx'
import { Comparing } from './comparing.tsx'
import { readLink } from './link.ts'
import { rememberLinked } from './outlook.ts'
import { PlainComparison } from './plain-comparison.tsx'
import { hasClip } from './sides-of.ts'
import { type Found, useSubjects } from './subjects.ts'

const UNREADABLE = 'This link opens no comparison: it is not whole, or of another version of Rushes. Ask for it again.'

/** Looks into the address that asked for a comparison. */
const follow = (link: string, onClose: () => void) => {
  const linked = readLink(link)
  if (linked) {
    rememberLinked(linked)
    setEntries(linked.entries)
    return
  }
  // Going back would only say it again.
  history.replaceState(null, '', '/')
  if (useComparison.getState().entries.length === 0) onClose()
  useComparison.setState({ link: null, notice: UNREADABLE })
}

const isThere = (found: Found): found is Extract<Found, { name: 'there' }> => found.name === 'there'

/** The open comparison, in the place of a take. What is no longer there is said, and the rest is compared. */
export const ComparisonOnStage = ({ onClose }: { onClose: () => void }) => {
  const { entries, link } = useComparison()
  useEffect(() => {
    if (link !== null) follow(link, onClose)
  }, [link, onClose])
  const found = useSubjects(entries)
  const there = found.filter(isThere)
  const gone = found.flatMap((each) => (each.name === 'gone' ? [each.sentence] : []))
  if (link !== null || found.some(({ name }) => name === 'looking')) return null
  const Viewer = canDecodeClips() || !hasClip(there) ? Comparing : PlainComparison
  return (
    <div className="flex h-full min-h-0 flex-col">
      {gone.length > 0 && (
        <p role="alert" className="border-b border-line bg-raised px-4 py-1.5">
          {[...new Set(gone)].join(' ')} {there.length > 0 ? 'The rest is compared.' : ''}
        </p>
      )}
      {there.length > 0 ? (
        // Other sides are another comparison; it goes on where this one was.
        <Viewer key={there.map(({ key }) => key).join()} found={there} onClose={onClose} />
      ) : (
        <div className="flex flex-1 flex-col items-center justify-center gap-3 p-6 text-center">
          <p className="text-soft">There is nothing left to compare.</p>
          <Button onClick={onClose}>Close the comparison</Button>
        </div>
      )}
    </div>
  )
}
