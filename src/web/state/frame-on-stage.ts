import { create } from 'zustand'
import { placeInput } from './place-input.ts'
import { showProblem } from './show-problem.ts'
import { placeOfUse, type Use } from './uses.ts'

/** Makes a picture of the frame that stands on the stage now. `job` is the take's, where one stands there alone. */
export type FrameOnStage = { job: string | null; picture: () => Promise<File> }

/** Null while no clip stands on the stage whose frames this page can decode. */
export const useFrameOnStage = create<{ frame: FrameOnStage | null }>()(() => ({ frame: null }))

/** Says what stands on the stage. Returns the undoing. */
export const showFrameOnStage = (frame: FrameOnStage): (() => void) => {
  useFrameOnStage.setState({ frame })
  return () => useFrameOnStage.setState((now) => (now.frame === frame ? { frame: null } : now))
}

export const FRAME_USES: Readonly<Record<Use, string>> = {
  animate: 'Animate this frame',
  edit: 'Edit this frame',
  first: 'First frame of a transition',
  last: 'Last frame of a transition',
  reference: 'Reference',
}

/** Puts the frame that stands on the stage now into the form, at its full size. */
export const frameToInput = async (use: Use): Promise<void> => {
  const { frame } = useFrameOnStage.getState()
  if (!frame) return showProblem('There is no clip on the stage whose frame could be used.')
  const place = placeOfUse(use, 'image')
  if (!place) return showProblem('The chosen model takes no reference.')
  try {
    const file = await frame.picture()
    await placeInput({ source: { file }, kind: 'image', name: file.name }, place)
  } catch (error) {
    showProblem(`The frame could not be taken: ${error instanceof Error ? error.message : String(error)}`)
  }
}
