import type { Model } from '../../shared/models/index.ts'
import type { Candidate } from '../data/renderer-choice.ts'
import { rendererTitle } from '../data/renderer-titles.ts'
import { type Asked, candidateWords } from '../data/renderer-words.ts'
import { useStudio } from '../state/studio.ts'
import { useMakers } from '../state/wanted.ts'
import { Select, type SelectGroup } from '../ui/select.tsx'
import { askedFor } from './asked-for.ts'

const keyOf = ({ name, engine }: Candidate): string => (engine === null ? name : `${name}: ${engine}`)

/** The engines of each renderer together, under its name where there are several. */
const groupsOf = (candidates: readonly Candidate[], asked: Asked): SelectGroup<string>[] =>
  candidates
    .filter(({ engine }) => engine === null)
    .map(({ name }) => {
      const engines = candidates.filter((each) => each.name === name)
      const items = engines.map((each) => ({ value: keyOf(each), label: candidateWords(each, asked) }))
      return engines.length > 1 ? { label: rendererTitle(name), items } : { items }
    })

/** Who makes it, and by which engine, where there are several. The choice is kept for the model. */
export const RendererPick = ({ model }: { model: Model }) => {
  const { candidates, wanted } = useMakers(model)
  const draft = useStudio((state) => state.draft)
  const choose = useStudio((state) => state.chooseRenderer)
  if (!wanted || candidates.length < 2) return null
  const pick = (key: string) => {
    const picked = candidates.find((each) => keyOf(each) === key)
    if (picked) choose(model.id, picked.name, picked.engine)
  }
  const { offer } = wanted
  return (
    <div className="flex flex-col gap-1.5">
      <Select
        aria-label="Made by"
        value={keyOf(wanted)}
        groups={groupsOf(candidates, askedFor(model, draft))}
        onPick={pick}
      />
      {offer && offer.limits.length > 0 && (
        <ul className="text-xs leading-[18px] text-faint" aria-label="What this engine leaves out">
          {offer.limits.map((limit) => (
            <li key={limit}>{limit}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
