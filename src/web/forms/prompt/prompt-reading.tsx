import type { RefObject } from 'react'
import type { Model } from '../../../shared/models/index.ts'
import { MarkedText } from './marked-text.tsx'
import { useReading } from './use-reading.ts'
import { WillDrawLine } from './will-draw-line.tsx'

export type PromptReadingProps = {
  field: RefObject<HTMLTextAreaElement | null>
  model: Model
  text: string
  /** What decides where the field puts its words. */
  look: string
}

/** What the local engine takes the prompt to say: lines under its words, and a line below. */
export const PromptReading = ({ field, model, text, look }: PromptReadingProps) => {
  const known = useReading(model, text)
  if (known.state === 'elsewhere') return null
  return (
    <>
      {known.marks.length > 0 && <MarkedText field={field} text={text} marks={known.marks} look={look} />}
      <WillDrawLine known={known} />
    </>
  )
}
