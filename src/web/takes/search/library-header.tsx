import { LayoutGrid, Replace, Search, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { showNotLoaded } from '../../state/comparison.ts'
import { useLayout } from '../../state/layout.ts'
import { useSearch } from '../../state/search.ts'
import { IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { INPUT } from '../../ui/field.tsx'
import { isComposing } from '../../ui/pressed-key.ts'
import { Chips } from './chips.tsx'

const pickAndCompare = async () => {
  const [{ pickFiles }, { COMPARABLE, compareFiles }] = await Promise.all([
    import('../../ui/pick-files.ts'),
    import('../../state/marking.ts'),
  ])
  pickFiles(COMPARABLE, compareFiles)
}

const HINT = 'Words, or seed:41, model:…, engine:…, shelf:…, batch:…, kind:video, before:2026-11-29, after:2026-11-01'

const SearchField = () => {
  const { query: text, search: look } = useSearch()
  return (
    <div role="search" className="relative min-w-0 flex-1">
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
      />
      <input
        type="search"
        aria-label="Search takes"
        data-tip={HINT}
        placeholder="Search takes"
        value={text}
        maxLength={300}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => look(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || text === '' || isComposing(event.nativeEvent)) return
          event.preventDefault()
          look('')
        }}
        className={classes(INPUT, 'search-field h-8 pr-8 pl-8 pointer-coarse:h-11')}
      />
      {text !== '' && (
        <IconButton
          label="Clear the search"
          className="absolute top-1/2 right-0.5 -translate-y-1/2"
          onClick={() => look('')}
        >
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  )
}

const CompareFiles = () => {
  const [isPicking, setPicking] = useState(false)
  const pick = () => {
    setPicking(true)
    void pickAndCompare()
      .catch(showNotLoaded)
      .finally(() => setPicking(false))
  }
  return (
    <IconButton label="Compare files…" disabled={isPicking} onClick={pick}>
      <Replace size={16} aria-hidden />
    </IconButton>
  )
}

const WallSwitch = () => {
  const wall = useLayout((state) => state.wall)
  const showWall = useLayout((state) => state.showWall)
  return (
    <IconButton
      label="Wall"
      data-command="wall"
      aria-keyshortcuts="g"
      pressed={wall}
      className="max-[899px]:hidden"
      onClick={() => showWall(!wall)}
    >
      <LayoutGrid size={16} aria-hidden />
    </IconButton>
  )
}

const Total = ({ words }: { words: string }) => (
  <p role="status" className="min-w-0 shrink truncate text-right text-xs text-faint">
    {words}
  </p>
)

/** What the library is searched for and narrowed to, and how many takes that are. */
export const LibraryHeader = ({
  total,
  hasRoom,
  problems,
  aside,
}: {
  /** As a sentence's part: `219 takes`. */
  total: string
  /** Whether it has the whole middle, where a wide window has room for all of it in one line. */
  hasRoom: boolean
  problems: readonly string[]
  aside?: ReactNode
}) => {
  const narrow = useLayout((state) => state.narrow)
  const isLoose = hasRoom && !narrow
  return (
    <header className="shrink-0 border-b border-line px-2 py-1.5">
      <h2 className="sr-only">Takes</h2>
      <div className={classes('flex items-center gap-1', isLoose && 'gap-3 px-2')}>
        <div className={classes('flex min-w-0 flex-1', isLoose && 'max-w-96')}>
          <SearchField />
        </div>
        {isLoose && <Chips />}
        {isLoose && <Total words={total} />}
        <span className="contents max-[899px]:hidden">{aside}</span>
        <div className="flex shrink-0">
          <CompareFiles />
          <WallSwitch />
        </div>
      </div>
      {!isLoose && (
        <div className="mt-1 flex items-center justify-between gap-1">
          <Chips />
          <Total words={total} />
        </div>
      )}
      {problems.map((problem) => (
        <p key={problem} role="alert" className="verbatim px-1 pt-1 text-xs break-words text-trouble">
          {problem}
        </p>
      ))}
    </header>
  )
}
