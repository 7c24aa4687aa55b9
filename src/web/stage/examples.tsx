import { ImageIcon, type LucideIcon, Palette, Type, Video } from 'lucide-react'

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

/** One click fills the form and runs it. */
export const ExampleList = ({ onRun }: { onRun: (example: Example) => void }) => (
  <ul className="border-t border-line">
    {EXAMPLES.map((example) => (
      <li key={example.title} className="border-b border-line">
        <button
          type="button"
          onClick={() => onRun(example)}
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
      <p className="mt-4 text-xs text-faint">
        Without a key, takes are local drafts: drawn and filtered on this machine by rules, not by an AI model. They are
        free.
      </p>
    </div>
  </div>
)
