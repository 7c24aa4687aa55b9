import { useQuery } from '@tanstack/react-query'
import { Command as Cmdk } from 'cmdk'
import { type ReactNode, useDeferredValue, useRef, useState } from 'react'
import { useJobs } from '../data/job-store.ts'
import { fetchJobs } from '../data/jobs.ts'
import { jobTitle } from '../data/job-title.ts'
import { useModels } from '../data/models.ts'
import { closeDialog } from '../state/dialogs.ts'
import { useLayout } from '../state/layout.ts'
import { useStudio } from '../state/studio.ts'
import { useShownModal } from '../ui/use-shown-modal.ts'
import { keyWords } from '../ui/key-words.ts'
import { readRecent, rememberRecent } from './recent.ts'
import { COMMANDS } from './table.ts'

const FOUND = 8
const NONE: readonly string[] = []

/** Takes that have those words, or that seed. */
const takesOptions = (text: string) => ({
  queryKey: ['palette takes', text],
  queryFn: ({ signal }: { signal: AbortSignal }) => {
    const query = new URLSearchParams({ limit: String(FOUND), status: 'completed' })
    if (/^\d{1,10}$/.test(text)) query.set('seed', text)
    else query.set('text', text)
    return fetchJobs(query, signal)
  },
  staleTime: 10_000,
  retry: false,
})

const Group = ({ heading, children }: { heading: string; children: ReactNode }) => (
  <Cmdk.Group
    heading={heading}
    className="px-2 pb-2 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint"
  >
    {children}
  </Cmdk.Group>
)

const Item = ({
  id,
  words = '',
  keys,
  children,
  onPick,
}: {
  id: string
  words?: string | undefined
  keys?: readonly string[] | undefined
  children: ReactNode
  onPick: () => void
}) => (
  <Cmdk.Item
    value={id}
    keywords={[words]}
    onSelect={() => {
      rememberRecent(id)
      closeDialog()
      // The dialog gives the focus back first.
      requestAnimationFrame(onPick)
    }}
    className="flex h-9 cursor-pointer items-center gap-3 rounded px-2 pointer-coarse:h-11 data-[selected=true]:bg-raised"
  >
    <span className="min-w-0 flex-1 truncate">{children}</span>
    {keys?.[0] !== undefined && <span className="text-xs text-faint">{keyWords(keys[0]).join(' ')}</span>}
  </Cmdk.Item>
)

const showTake = (id: string) => {
  useLayout.getState().showWall(false)
  useStudio.getState().select(id)
  useStudio.getState().showTab('stage')
}

/** Those that were picked lately come first. */
const Commands = () => {
  const [recent] = useState(readRecent)
  const rank = (id: string) => {
    const at = recent.indexOf(id)
    return at < 0 ? recent.length : at
  }
  const commands = COMMANDS.filter(({ id }) => id !== 'palette').toSorted((a, b) => rank(a.id) - rank(b.id))
  return (
    <Group heading="Commands">
      {commands.map(({ id, title, words, keys, run }) => (
        <Item key={id} id={id} words={`${title} ${words ?? ''}`} keys={keys} onPick={run}>
          {title}
        </Item>
      ))}
    </Group>
  )
}

const Models = () => {
  const { list } = useModels()
  const pick = (id: string) => {
    useStudio.getState().chooseModel(id)
    useStudio.getState().showTab('make')
  }
  return (
    <Group heading="Models">
      {list.map(({ id, title, description }) => (
        <Item key={id} id={`model ${id}`} words={`${title} ${description}`} onPick={() => pick(id)}>
          {title}
        </Item>
      ))}
    </Group>
  )
}

/** The takes that were found for `text`. The list filters once more: `search`, as it is typed, passes it. */
const Takes = ({ text, search }: { text: string; search: string }) => {
  const { data: page } = useQuery(takesOptions(text))
  const found = useJobs(page?.ids ?? NONE)
  if (found.length === 0) return null
  return (
    <Group heading="Takes">
      {found.map((job) => (
        <Item
          key={job.job_id}
          id={job.job_id}
          words={`${search} ${jobTitle(job)} ${job.seed}`}
          onPick={() => showTake(job.job_id)}
        >
          {jobTitle(job)} <span className="text-faint">· seed {job.seed}</span>
        </Item>
      ))}
    </Group>
  )
}

/** Searches commands, models and takes at once; what was picked lately comes first. */
export const Palette = ({ onClose }: { onClose: () => void }) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const input = useRef<HTMLInputElement>(null)
  useShownModal(dialog, input)
  const [search, setSearch] = useState('')
  const text = useDeferredValue(search.trim())
  return (
    <dialog
      ref={dialog}
      aria-label="Search or do"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      // It holds nothing that was typed for keeps: a press beside it closes it.
      {...{ closedby: 'any' }}
      className="modal mx-auto mt-[12vh] w-[min(38rem,calc(100vw-2rem))] overflow-hidden rounded-lg border border-edge bg-panel p-0 text-ink"
    >
      <Cmdk label="Search or do" loop className="flex max-h-[min(30rem,70dvh)] flex-col">
        <Cmdk.Input
          ref={input}
          value={search}
          onValueChange={setSearch}
          placeholder="A command, a model, words of a take, a seed"
          className="h-12 shrink-0 border-b border-line bg-transparent px-4 text-sm outline-none placeholder:text-faint"
        />
        <Cmdk.List className="scrollbar-quiet min-h-0 flex-1 overflow-y-auto pt-2">
          <Cmdk.Empty className="px-4 py-6 text-center text-soft">Nothing is called that.</Cmdk.Empty>
          <Commands />
          {text !== '' && <Models />}
          {text !== '' && <Takes text={text} search={search} />}
        </Cmdk.List>
      </Cmdk>
    </dialog>
  )
}
