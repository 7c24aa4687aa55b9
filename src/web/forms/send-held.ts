import { useUploads } from '../data/uploads.ts'
import { useStudio } from '../state/studio.ts'

/** The form without what comes to these slots. */
const othersOf = (slots: readonly string[]): string => {
  const { modelId, draft, takes } = useStudio.getState()
  return JSON.stringify([modelId, takes, Object.entries(draft).filter(([slot]) => !slots.includes(slot))])
}

/**
 * Sends the clips that wait in these slots, whole. Resolves when all are there or one was refused, to whether they are
 * there and the form is otherwise as it was.
 */
export const sendHeld = async (slots: readonly string[]): Promise<boolean> => {
  const before = othersOf(slots)
  const { bySlot } = useUploads.getState()
  await Promise.all(slots.map((slot) => (bySlot[slot]?.state === 'held' ? bySlot[slot].send() : undefined)))
  const { draft } = useStudio.getState()
  return slots.every((slot) => draft[slot] !== undefined) && othersOf(slots) === before
}
