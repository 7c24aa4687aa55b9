import type { JobInputs } from '../../shared/job.ts'
import { assumedOf, choicesOf, type Field, fieldsOf } from '../../shared/models/describe.ts'
import { RESOLUTIONS } from '../../shared/models/fields.ts'
import type { Model } from '../../shared/models/index.ts'
import { type Candidate, isMade, madeInstead } from '../data/renderer-choice.ts'
import { rendererTitle } from '../data/renderer-titles.ts'

/** How a choice of the form goes with who makes it. */
export type MadeChoice = {
  value: string
  /** Choice → why it cannot be chosen, a sentence. */
  refused: ReadonlyMap<string, string>
  /** What is made in the place of what was chosen, a sentence; null where it is made as chosen. */
  remark: string | null
}

const resolutionOf = (value: unknown) => RESOLUTIONS.find((each) => each === value)

const makerOf = ({ name, offer }: Candidate): string => offer?.engine.name ?? rendererTitle(name)

/** What becomes of `value`, a choice of the field, where `wanted` makes it: only a resolution may be one that it does not. */
export const madeChoice = (field: Field, value: string, wanted: Candidate | undefined): MadeChoice => {
  const asIs = { value, refused: new Map<string, string>(), remark: null }
  const resolution = resolutionOf(value)
  if (field.name !== 'resolution' || !wanted || resolution === undefined) return asIs
  const maker = makerOf(wanted)
  const refused = new Map(
    choicesOf(field)
      .filter((choice) => !isMade(wanted, choice))
      .map((choice) => [choice, `${maker} does not make ${choice}.`]),
  )
  const made = madeInstead(wanted, resolution)
  if (made === resolution || !choicesOf(field).includes(made)) return { ...asIs, refused }
  return { value: made, refused, remark: `${maker} does not make ${value}: it will be ${made}.` }
}

/** The inputs with a resolution that `wanted` makes. */
export const inputsFor = (wanted: Candidate, model: Model, inputs: JobInputs): JobInputs => {
  const field = fieldsOf(model).find(({ name }) => name === 'resolution')
  if (!field) return inputs
  const asked = String(inputs['resolution'] ?? assumedOf(field))
  const { value } = madeChoice(field, asked, wanted)
  return value === asked ? inputs : { ...inputs, resolution: value }
}
