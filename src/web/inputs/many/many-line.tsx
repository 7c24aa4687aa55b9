import { useEffect } from 'react'
import { fieldsOf } from '../../../shared/models/describe.ts'
import { slotOf } from '../../state/draft.ts'
import { useModel, useStudio } from '../../state/studio.ts'
import { Button } from '../../ui/button.tsx'
import { filesHere, forgetMany, type OneOfMany, useMany } from '../../state/many.ts'

/** What there is to say of the files: how many there are, how many are still on their way, what is of no use. */
export const manyWords = (files: readonly OneOfMany[]): { sum: string; refused: string[] } => {
  const here = filesHere(files).length
  const sending = files.filter(({ state }) => state === 'sending').length
  const all = here + sending
  const makes = all === 1 ? 'One file.' : `${all} files, each with this prompt.`
  const refused = files.flatMap((each) =>
    each.state === 'refused' ? [`${each.name}${/^[a-z]/.test(each.reason) ? ' ' : ': '}${each.reason}`] : [],
  )
  return { sum: sending > 0 ? `${makes} ${here} of ${all} are on the server.` : makes, refused }
}

/** Says that several files stand for one field, and lets all but the first go. */
export const ManyLine = () => {
  const many = useMany((state) => state.many)
  const model = useModel()
  const slot = many?.slot ?? ''
  const value = useStudio((state) => state.draft[slot])
  const here = filesHere(many?.files ?? [])
  const isOurs = fieldsOf(model).some((field) => slotOf(field) === slot)
  // Another file in the field, or none, is what is meant from then on.
  const isOver = here.length > 0 && !here.some((file) => file === value)
  useEffect(() => {
    if (isOver) forgetMany()
  }, [isOver])
  if (!many || !isOurs) return null
  const { sum, refused } = manyWords(many.files)
  return (
    <div role="status" aria-label="Several files" className="flex flex-col gap-1 rounded border border-line p-2.5">
      <p className="font-medium">{sum}</p>
      {refused.length > 0 && (
        <ul className="verbatim max-h-24 overflow-y-auto text-xs leading-4 break-words text-soft">
          {refused.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <div>
        <Button size="small" onClick={forgetMany}>
          Only the one that is shown
        </Button>
      </div>
    </div>
  )
}
