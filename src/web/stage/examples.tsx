import { ImageIcon, type LucideIcon, Palette, Type, Video } from 'lucide-react'
import { useRenderers } from '../data/renderers.ts'
import { showRenderers } from '../state/dialogs.ts'
import { onePress } from '../ui/one-press.ts'

/** Something to try with one click. `sample` is drawn by the page and says that it is a sample. */
export type Example = {
  title: string
  modelId: string
  prompt: string
  sample: { slot: string; kind: 'image' | 'video' } | null
}

const EXAMPLES: readonly (Example & { icon: LucideIcon })[] = [
  {
    icon: Type,
    title: 'A clip from words',
    modelId: 'lucy-pro-t2v',
    prompt: 'A serene lake at sunset with mountains in the background',
    sample: null,
  },
  {
    icon: ImageIcon,
    title: 'A picture from words',
    modelId: 'lucy-pro-t2i',
    prompt: 'A futuristic cityscape at night with neon lights',
    sample: null,
  },
  {
    icon: Video,
    title: 'Move through a picture',
    modelId: 'lucy-pro-i2v',
    prompt: 'Slow push in, with gentle wind',
    sample: { slot: 'data:image', kind: 'image' },
  },
  {
    icon: Palette,
    title: 'Restyle a clip',
    modelId: 'lucy-dev-v2v',
    prompt: 'Pencil sketch on white paper',
    sample: { slot: 'data:video', kind: 'video' },
  },
]

/** A sample clip is made by the page, where the browser lets it encode one. */
const canBeRun = ({ sample }: Example): boolean => sample?.kind !== 'video' || typeof VideoEncoder !== 'undefined'

/** One click fills the form and runs it. */
export const ExampleList = ({ onRun }: { onRun: (example: Example) => void }) => (
  <ul className="border-t border-line">
    {EXAMPLES.filter(canBeRun).map((example) => (
      <li key={example.title} className="border-b border-line">
        <button
          type="button"
          {...onePress(() => onRun(example))}
          className="flex w-full items-center gap-4 px-2 py-3 text-left hover:bg-raised"
        >
          <example.icon size={20} strokeWidth={1.5} className="shrink-0 text-soft" aria-hidden />
          <span className="min-w-0 flex-1">
            <span className="block font-medium">{example.title}</span>
            <span className="block text-soft">{example.prompt}</span>
          </span>
          {example.sample && <span className="text-xs text-faint">with a sample</span>}
        </button>
      </li>
    ))}
  </ul>
)

const DRAFTS = 'drawn and filtered on this machine by rules, not by an AI model. They are free.'

const listOf = new Intl.ListFormat('en', { type: 'conjunction' })

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
          : `${listOf.format(ready.map(({ title }) => title))} ${ready.length === 1 ? 'makes' : 'make'} what ${ready.length === 1 ? 'it serves' : 'they serve'}${paid.length === 0 ? '' : `, which ${listOf.format(paid.map(({ title }) => title))} ${paid.length === 1 ? 'bills' : 'bill'}`}. All other takes are local drafts: ${DRAFTS}`}{' '}
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

/** What the stage teaches before there is a take. */
export const Examples = ({ onRun }: { onRun: (example: Example) => void }) => (
  <div className="flex h-full items-center justify-center overflow-y-auto p-6">
    <div className="w-full max-w-md">
      <h2 className="text-base font-semibold">Make a first take</h2>
      <p className="mt-1 text-soft">
        <span className="max-[899px]:hidden">Write a prompt on the left</span>
        <span className="min-[900px]:hidden">Write a prompt under Make</span>, or run one of these and see how it is
        done.
      </p>
      <div className="mt-5">
        <ExampleList onRun={onRun} />
      </div>
      <WhoMakesThem />
    </div>
  </div>
)
