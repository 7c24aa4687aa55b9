import { useRenderers } from '../data/renderers.ts'
import { showRenderers } from '../state/dialogs.ts'
import type { TakesAtOnce } from '../state/studio.ts'
import { Button } from '../ui/button.tsx'
import { onePress } from '../ui/one-press.ts'
import { Loops } from './loops.tsx'
import { andList } from '../ui/and-list.ts'

/** Something to try with one click. `sample` is drawn by the page and says that it is a sample. */
export type Example = {
  title: string
  modelId: string
  prompt: string
  sample: { slot: string; kind: 'image' | 'video' } | null
  /** How many are made of it at once. */
  takes: TakesAtOnce
}

const EXAMPLES: readonly Example[] = [
  {
    title: 'Move through a picture',
    modelId: 'lucy-pro-i2v',
    prompt: 'Slow push in, with gentle wind',
    sample: { slot: 'data:image', kind: 'image' },
    takes: 1,
  },
  {
    title: 'Restyle a clip',
    modelId: 'lucy-dev-v2v',
    prompt: 'Pencil sketch on white paper',
    sample: { slot: 'data:video', kind: 'video' },
    takes: 1,
  },
]

/** A sample clip is made by the page, where the browser lets it encode one. */
const canBeRun = ({ sample }: Example): boolean => sample?.kind !== 'video' || typeof VideoEncoder !== 'undefined'

/** More to try, with a picture or a clip that the page draws. */
const WithSamples = ({ onRun }: { onRun: (example: Example) => void }) => (
  <ul className="flex flex-wrap gap-2">
    {EXAMPLES.filter(canBeRun).map((example) => (
      <li key={example.title}>
        <Button size="small" data-tip={example.prompt} {...onePress(() => onRun(example))}>
          {example.title} <span className="text-faint">with a sample</span>
        </Button>
      </li>
    ))}
  </ul>
)

/** What can be made with one press. */
export const ExampleList = ({ onRun }: { onRun: (example: Example) => void }) => (
  <div className="@container flex flex-col gap-5">
    <Loops onRun={onRun} />
    <WithSamples onRun={onRun} />
  </div>
)

const DRAFTS = 'drawn and filtered on this machine by rules, not by an AI model. They are free.'

/** Who makes the takes, as the server last saw them. */
const WhoMakesThem = () => {
  const renderers = useRenderers()
  if (!renderers) return null
  const connected = renderers.filter(({ name, state }) => name !== 'local' && state !== 'off')
  const ready = connected.filter(({ state }) => state === 'ready')
  const troubled = connected.filter(({ state }) => state !== 'ready')
  const paid = ready.filter(({ models }) => Object.values(models).some(({ free }) => !free))
  return (
    <div className="mt-4 flex flex-col gap-1 text-xs text-faint">
      {troubled.map(({ name, note }) => (
        <p key={name} className="text-trouble">
          {note}
        </p>
      ))}
      <p>
        {ready.length === 0
          ? `Takes are local drafts: ${DRAFTS}`
          : `${andList(ready.map(({ title }) => title))} ${ready.length === 1 ? 'makes' : 'make'} what ${ready.length === 1 ? 'it serves' : 'they serve'}${paid.length === 0 ? '' : `, which ${andList(paid.map(({ title }) => title))} ${paid.length === 1 ? 'bills' : 'bill'}`}. All other takes are local drafts: ${DRAFTS}`}{' '}
        <button
          type="button"
          className="underline decoration-edge underline-offset-2 hover:text-ink"
          onClick={() => showRenderers()}
        >
          {ready.length === 0 ? 'Connect a real model' : 'Renderers'}
        </button>
      </p>
    </div>
  )
}

/** What the stage shows before there is a take. */
export const Examples = ({ onRun }: { onRun: (example: Example) => void }) => (
  <div className="scrollbar-quiet h-full overflow-y-auto">
    <div className="mx-auto flex min-h-full w-full max-w-4xl flex-col justify-center p-6">
      <h2 className="pb-5 text-base font-semibold">Type what you see, or take one of these.</h2>
      <ExampleList onRun={onRun} />
      <WhoMakesThem />
    </div>
  </div>
)
