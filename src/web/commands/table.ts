import { pick } from './pick.ts'
import { showCode, showDialog, showRenderers } from '../state/dialogs.ts'
import { FRAME_USES, frameToInput } from '../state/frame-on-stage.ts'
import { useLayout } from '../state/layout.ts'
import { useStudio } from '../state/studio.ts'
import { leaveTheatre, toggleFullScreen, toggleTheatre } from '../state/theatre.ts'
import { useTheme } from '../state/theme.ts'
import { redoForm, undoForm } from '../state/undo.ts'
import { USES } from '../state/uses.ts'

/** Where a key means something: everywhere but where text is written, or where that part has the focus. */
export type KeyPlace = 'Studio' | 'Library' | 'Choosing' | 'Time' | 'View'

/** A key or keys, as `mod+k` (⌘ on a Mac, Ctrl elsewhere), and what they do there. */
export type KeyUse = { keys: readonly string[]; what: string; place: KeyPlace }

/** What can be done from anywhere. Those with keys are in the key sheet as well. */
export type Command = {
  id: string
  title: string
  /** Other words that it is looked for by. */
  words?: string
  keys?: readonly string[]
  run: () => void
}

const layout = useLayout.getState
const theme = useTheme.getState

/** Columns belong to a window that is not a theatre. */
const fold = (what: 'left' | 'right' | 'both'): void => {
  leaveTheatre()
  if (what === 'both') layout().toggleBoth()
  else layout().toggle(what)
}

/** All commands: the palette, the keys that work everywhere and the key sheet are made of this table. */
export const COMMANDS: readonly Command[] = [
  { id: 'palette', title: 'Search or do…', keys: ['mod+k'], run: () => showDialog('palette') },
  { id: 'generate', title: 'Generate', keys: ['mod+enter'], run: () => pick('form [type=submit]', 'click') },
  {
    id: 'prompt',
    title: 'Write the prompt',
    keys: ['p'],
    run: () => {
      const { left, narrow, toggle } = layout()
      if (left === 'folded' || (left === null && narrow)) toggle('left')
      useStudio.getState().showTab('make')
      pick('textarea[name=prompt], form textarea', 'focus')
    },
  },
  {
    id: 'search',
    title: 'Search takes',
    words: 'library find filter',
    keys: ['/'],
    run: () => {
      const { right, toggle } = layout()
      if (right === 'folded') toggle('right')
      useStudio.getState().showTab('takes')
      pick('input[type=search]', 'focus')
    },
  },
  {
    id: 'wall',
    title: 'Wall of takes',
    words: 'library grid contact sheet',
    keys: ['g'],
    run: () => layout().showWall(!layout().wall),
  },
  { id: 'left', title: 'Fold or open the form', words: 'column hide', keys: ['['], run: () => fold('left') },
  {
    id: 'right',
    title: 'Fold or open the library',
    words: 'column hide takes',
    keys: [']'],
    run: () => layout().toggle('right'),
  },
  { id: 'both', title: 'Fold or open both columns', words: 'hide', keys: ['\\'], run: () => fold('both') },
  {
    id: 'theatre',
    title: 'Theatre',
    words: 'large stage window',
    keys: ['t'],
    run: toggleTheatre,
  },
  { id: 'full screen', title: 'Full screen', words: 'theatre', keys: ['f'], run: toggleFullScreen },
  { id: 'queue', title: 'Queue', words: 'running waiting pause cancel', keys: ['q'], run: () => showDialog('queue') },
  {
    id: 'code',
    title: 'Copy the form as code',
    words: 'typescript python curl api sdk',
    run: () => showCode(null),
  },
  ...USES.map((use) => ({
    id: `frame ${use}`,
    title: `Frame on the stage: ${FRAME_USES[use].toLowerCase()}`,
    words: 'still picture input use',
    run: () => void frameToInput(use),
  })),
  { id: 'undo', title: 'Undo what replaced the form', keys: ['mod+z'], run: undoForm },
  { id: 'redo', title: 'Do it again', keys: ['mod+shift+z'], run: redoForm },
  { id: 'keys', title: 'Keys', words: 'shortcuts keyboard help', keys: ['?'], run: () => showDialog('keys') },
  { id: 'settings', title: 'Settings', words: 'preferences theme notifications', run: () => showDialog('settings') },
  {
    id: 'renderers',
    title: 'Renderers',
    words: 'decart comfyui fal key connect price spending',
    run: () => showRenderers(),
  },
  { id: 'dark', title: 'Dark theme', run: () => theme().choose('dark') },
  { id: 'light', title: 'Light theme', run: () => theme().choose('light') },
  { id: 'system', title: 'Theme of the system', run: () => theme().choose('system') },
]

/** What the keys of the commands do. */
export const COMMAND_KEYS: readonly KeyUse[] = COMMANDS.flatMap(({ title, keys }) =>
  keys ? [{ keys, what: title, place: 'Studio' }] : [],
)
