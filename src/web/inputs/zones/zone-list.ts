import type { MediaKind } from '../../../shared/models/file-input.ts'
import type { Model, Task } from '../../../shared/models/index.ts'
import { referenceSlot, USES } from '../../state/uses.ts'
import type { DraggedKind } from '../dragged.ts'

export const ZONES = [...USES, 'compare', 'restore'] as const
export type ZoneName = (typeof ZONES)[number]

/** One place to let something go at: what will happen there, or why not. */
export type Zone = { name: ZoneName; title: string; words: string; lit: boolean }

/** What is dragged, as the zones see it. */
export type DraggedMedia = { from: 'files' | 'address' | 'take'; kinds: readonly DraggedKind[] }

/** What the zones depend on besides. */
export type Around = {
  chosen: Model
  modelFor: (task: Task) => Model | undefined
  /** Whether something stands on the stage that it could be compared with. */
  beside: boolean
}

type Judged = { title?: string; words: string; lit: boolean }
const yes = (words: string, title?: string): Judged => ({ words, lit: true, ...(title === undefined ? {} : { title }) })
const no = (words: string): Judged => ({ words, lit: false })

const mayAllBe = (kinds: readonly DraggedKind[], kind: MediaKind): boolean =>
  kinds.length > 0 && kinds.every((each) => each === kind || each === 'unknown')

const JUDGES: Record<ZoneName, (dragged: DraggedMedia, around: Around) => Judged> = {
  animate: ({ kinds }, { modelFor }) => {
    if (!mayAllBe(kinds, 'image')) return no('A clip moves already. This takes pictures.')
    const title = modelFor('image-to-video')?.title ?? 'Image to video'
    return kinds.length > 1 ? yes(`${kinds.length} takes by ${title}`, 'Animate them') : yes(`By ${title}`)
  },
  edit: ({ kinds }, { modelFor }) => {
    const task = mayAllBe(kinds, 'image') ? 'image-edit' : mayAllBe(kinds, 'video') ? 'video-edit' : null
    if (task === null) return no('Pictures and clips are edited apart: drop one kind.')
    if (kinds.every((kind) => kind === 'unknown')) return yes('A picture or a clip, by a prompt')
    const title = modelFor(task)?.title ?? 'Edit'
    return kinds.length > 1 ? yes(`${kinds.length} takes by ${title}`, 'Edit them') : yes(`By ${title}`)
  },
  first: ({ kinds }) => {
    if (!mayAllBe(kinds, 'image')) return no('A transition goes between two pictures.')
    if (kinds.length === 2) return yes('Two pictures fill both', 'First and last frame')
    return kinds.length > 2 ? no('A transition takes two pictures.') : yes('The clip begins on it')
  },
  last: ({ kinds }) => {
    if (!mayAllBe(kinds, 'image')) return no('A transition goes between two pictures.')
    if (kinds.length > 1)
      return no(kinds.length === 2 ? 'Drop both on First frame.' : 'A transition takes two pictures.')
    return yes('The clip ends on it')
  },
  reference: ({ kinds }, { chosen }) => {
    if (referenceSlot(chosen) === undefined) return no(`${chosen.title} takes no reference.`)
    if (!mayAllBe(kinds, 'image')) return no('A reference is a picture.')
    return kinds.length > 1 ? no('One picture at a time.') : yes(`Guides ${chosen.title}`)
  },
  compare: ({ from, kinds }, { beside }) => {
    if (from === 'address') return no('Only files and takes can be compared: save it first.')
    if (kinds.includes('other')) return no('Only pictures and clips can be compared.')
    if (kinds.length > 1) return yes(`${kinds.length} beside each other`)
    return beside ? yes('Beside what is on the stage') : no('Nothing is on the stage: drop two or more.')
  },
  restore: ({ from, kinds }) => {
    if (from === 'take') return yes('Prompt, model and seed of this take')
    if (from === 'address') return no('Only a file tells its settings: save it first.')
    if (kinds.length > 1) return no('One file at a time.')
    return kinds.includes('other')
      ? no('Only pictures and clips tell theirs.')
      : yes('If it was made here or in ComfyUI')
  },
}

const TITLES: Record<ZoneName, string> = {
  animate: 'Animate it',
  edit: 'Edit it',
  first: 'First frame',
  last: 'Last frame',
  reference: 'Reference',
  compare: 'Compare',
  restore: 'Restore its settings',
}

/** All zones for what is dragged, lit where it fits. */
export const zonesFor = (dragged: DraggedMedia, around: Around): Zone[] =>
  ZONES.map((name) => {
    // What is no media at all fits nowhere, and each zone would say so in other words.
    const nothing = dragged.kinds.length > 0 && dragged.kinds.every((kind) => kind === 'other')
    const judged = nothing ? no('This is neither a picture nor a clip.') : JUDGES[name](dragged, around)
    return { name, title: TITLES[name], ...judged }
  })
