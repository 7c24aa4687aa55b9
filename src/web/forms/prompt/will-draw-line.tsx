import type { PromptKnown } from './use-reading.ts'

/** What the prompt comes to, said when a person pauses. It keeps its place while there is nothing to say. */
export const WillDrawLine = ({ known }: { known: Exclude<PromptKnown, { state: 'elsewhere' }> }) => (
  <p role="status" aria-label="What the local engine reads" className="min-h-9 text-xs leading-[18px] text-faint">
    {known.state === 'read' ? (
      <Said {...known.said} />
    ) : known.state === 'several' ? (
      'Each alternative is read by itself.'
    ) : (
      'Words that the local engine knows get a line, others a dotted one.'
    )}
  </p>
)

const Said = ({ lead, parts, left, unknown }: Extract<PromptKnown, { state: 'read' }>['said']) => (
  <>
    {parts.length > 0 && (
      <>
        {lead}: <span className="text-soft">{parts.join(', ')}</span>.{' '}
      </>
    )}
    {left.length > 0 && `Left to the seed: ${left.join(', ')}. `}
    {unknown.length > 0 && (
      <>
        Not known: <span className="text-soft">{unknown.join(', ')}</span>.
      </>
    )}
    {parts.length + left.length + unknown.length === 0 && 'Nothing of it is known to the local engine.'}
  </>
)
