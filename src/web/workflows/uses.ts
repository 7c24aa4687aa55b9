import type { InputControl, Place, Role, Settable, WorkflowChoices, WorkflowDetail } from '../../shared/workflows.ts'

/** What an input of the graph is for: it stays as it is, plays a role, or is shown in the form under a name of its own. */
export type Use = { as: 'fixed' } | { as: 'own'; name: string } | { as: 'role'; role: Role }

export const ROLE_TITLES: Readonly<Record<Role, string>> = {
  prompt: 'Prompt',
  negative_prompt: 'Negative prompt',
  image: 'Image',
  last_image: 'Last image',
  video: 'Video',
  mask: 'Mask',
  seed: 'Seed',
  width: 'Width',
  height: 'Height',
  frames: 'Frames',
  fps: 'Frame rate',
  steps: 'Steps',
}

const NUMBERS: readonly Role[] = ['seed', 'width', 'height', 'frames', 'fps', 'steps']

/** What an input of that kind can be. */
export const rolesFor = ({ type }: InputControl): readonly Role[] => {
  switch (type) {
    case 'text':
      return ['prompt', 'negative_prompt']
    case 'integer':
    case 'number':
      return NUMBERS
    case 'image':
      return ['image', 'last_image', 'mask']
    case 'video':
      return ['video']
    case 'switch':
    case 'choice':
      return []
  }
}

export const placeKey = ({ node, key }: Place): string => `${node} ${key}`

/** What each input is for by its place, as the server understood it or as it is kept; what is not there stays fixed. */
export type Uses = ReadonlyMap<string, Use>

export const usesOf = ({ bindings, exposed }: Pick<WorkflowDetail, 'bindings' | 'exposed'>): Uses =>
  new Map<string, Use>([
    ...exposed.map((each) => [placeKey(each), { as: 'own', name: each.name }] as const),
    ...bindings.map((each) => [placeKey(each), { as: 'role', role: each.role }] as const),
  ])

export const usageAt = (uses: Uses, place: Place): Use => uses.get(placeKey(place)) ?? { as: 'fixed' }

/** The words for an input: its node, and which input of it. */
export const settableTitle = ({ title, key }: Pick<Settable, 'title' | 'key'>): string => `${title} · ${key}`

/** What to tell the server. A field of the form that was given no name is called as its input is. */
export const choicesFrom = (
  settable: readonly Settable[],
  uses: Uses,
  rest: { name: string; output: string },
): WorkflowChoices => {
  const name = rest.name.trim()
  return {
    ...(name === '' ? {} : { name }),
    output: rest.output,
    bindings: settable.flatMap((each) => {
      const use = usageAt(uses, each)
      return use.as === 'role' ? [{ node: each.node, key: each.key, role: use.role }] : []
    }),
    exposed: settable.flatMap((each) => {
      const use = usageAt(uses, each)
      if (use.as !== 'own') return []
      const own = use.name.trim()
      return [{ node: each.node, key: each.key, ...(own === '' ? {} : { name: own }) }]
    }),
  }
}

/** What an input has now, in a few words. */
export const valueWords = (control: InputControl): string => {
  if (control.type === 'switch') return control.value ? 'on' : 'off'
  const text = String(control.value)
  return text === '' ? 'empty' : text.length > 60 ? `${text.slice(0, 59)}…` : text
}
