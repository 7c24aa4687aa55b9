import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Model } from '../../../shared/models/index.ts'
import { useModels } from '../../data/models.ts'
import { rendererTitle } from '../../data/renderer-titles.ts'
import { costWords, hindrance } from '../../data/renderer-words.ts'
import { useRenderers } from '../../data/renderers.ts'
import { useTakes } from '../../data/takes.ts'
import { showRenderers } from '../../state/dialogs.ts'
import { useStudio } from '../../state/studio.ts'
import { useMakers } from '../../state/wanted.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { askedFor } from '../asked-for.ts'
import { TASK_TITLES } from '../model-words.ts'
import { pickModel } from './pick-model.ts'
import { type Entry, lastedLately, needsWords, taskModels } from './rows.ts'

const Row = ({
  title,
  facts,
  chosen,
  onPick,
}: {
  title: string
  facts: readonly string[]
  chosen: boolean
  onPick: () => void
}) => (
  <li>
    <button
      type="button"
      aria-current={chosen || undefined}
      onClick={onPick}
      className="grid w-full grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2 rounded px-2 py-1.5 text-left text-ink hover:bg-raised pointer-coarse:min-h-11"
    >
      <span aria-hidden className={classes('size-2 rounded-full border border-edge', chosen && 'border-ink bg-ink')} />
      <span>{title}</span>
      <span className="col-start-2 text-xs text-faint">{facts.filter((fact) => fact !== '').join(' · ')}</span>
    </button>
  </li>
)

const Fold = ({ title, children }: { title: string; children: ReactNode }) => {
  const [open, setOpen] = useState(false)
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="touch-target flex h-8 w-full items-center gap-1 rounded px-1 text-soft hover:text-ink"
      >
        <ChevronRight size={14} aria-hidden className={classes(open && 'rotate-90')} />
        {title}
      </button>
      {open && children}
    </div>
  )
}

/** About how long a model took lately with that renderer; empty where it is not known. */
const useTimes = (): ((modelId: string, renderer: string) => string) => {
  const { takes } = useTakes()
  return (modelId, renderer) => {
    const seconds = lastedLately(takes, modelId, renderer)
    return seconds === null ? '' : `about ${Math.max(1, Math.round(seconds))} s lately`
  }
}

/** The rows of models of one kind. `model` is the one that is chosen. */
const Rows = ({ entries, model, onDone }: { entries: readonly Entry[]; model: Model; onDone: () => void }) => {
  const { wanted } = useMakers(model)
  const time = useTimes()
  const draft = useStudio((state) => state.draft)
  const choose = useStudio((state) => state.chooseRenderer)
  const isLocal = wanted?.name === 'local'
  const pick = ({ model: { id }, maker }: Entry) => {
    pickModel(id)
    // Whoever is named in the row is who is meant.
    if (maker && maker.name !== 'local') choose(id, maker.name, maker.engine)
    onDone()
  }
  return (
    <ul className="flex flex-col">
      {entries.map((entry) => {
        const { model: each, maker } = entry
        const isMine = each.id === model.id && (isLocal ? maker?.name === 'local' : true)
        return (
          <Row
            key={each.id}
            title={each.title}
            chosen={isMine}
            onPick={() => pick(entry)}
            facts={[
              maker ? rendererTitle(maker.name) : 'not connected',
              maker ? (hindrance(maker) ?? costWords(maker, askedFor(each, draft))) : '',
              needsWords(each),
              maker ? time(each.id, maker.name) : '',
            ]}
          />
        )
      })}
    </ul>
  )
}

/** The local engine for the model that is chosen. */
const LocalRow = ({ model, onDone }: { model: Model; onDone: () => void }) => {
  const { wanted } = useMakers(model)
  const time = useTimes()
  const choose = useStudio((state) => state.chooseRenderer)
  const pick = () => {
    choose(model.id, 'local')
    onDone()
  }
  return (
    <ul>
      <Row
        title="Local engine"
        facts={['free', time(model.id, 'local'), needsWords(model)]}
        chosen={wanted?.name === 'local'}
        onPick={pick}
      />
    </ul>
  )
}

/** Who can do the task: the local engine, what others make, and the older names folded away. */
export const ModelList = ({ model, onDone }: { model: Model; onDone: () => void }) => {
  const { list, gone } = useModels()
  const renderers = useRenderers()
  const { candidates } = useMakers(model)
  const { connected, local, older } = taskModels(
    list.filter(({ task }) => task === model.task),
    renderers,
    gone,
  )
  const isHere = candidates.some(({ name }) => name === 'local')
  const others = local.filter(({ model: { id } }) => id !== model.id || !isHere)
  const rows = (entries: readonly Entry[]) => <Rows entries={entries} model={model} onDone={onDone} />
  const connect = () => {
    onDone()
    showRenderers('decart')
  }
  return (
    <section aria-label={TASK_TITLES[model.task]} className="flex flex-col gap-1 p-2">
      <h3 className="px-2 pt-1 text-xs font-medium text-soft">{TASK_TITLES[model.task]}</h3>
      {isHere && <LocalRow model={model} onDone={onDone} />}
      {rows(connected)}
      {others.length > 0 && (
        <Fold title={`More models (${others.length})`}>
          <p className="px-2 pb-1 text-xs text-faint">Names that the local engine answers to as well, each its way.</p>
          {rows(others)}
        </Fold>
      )}
      {older.length > 0 && <Fold title={`Older (${older.length})`}>{rows(older)}</Fold>}
      {!renderers?.some(({ name, state }) => name === 'decart' && state === 'ready') && (
        <Button size="small" className="self-start" onClick={connect}>
          Connect Decart…
        </Button>
      )}
    </section>
  )
}
