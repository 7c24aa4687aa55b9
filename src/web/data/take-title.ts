import type { Take } from './take.ts'

type Called = Pick<Take, 'prompt' | 'model' | 'modelId'>

/** What a take is called by itself: its prompt, or its model where it has none. */
export const takeTitle = ({ prompt, model, modelId }: Called): string =>
  prompt === '' ? (model?.title ?? modelId) : prompt

/** What a person calls a take, or else what it is called by itself. */
export const takeName = (take: Called & Pick<Take, 'name'>): string => take.name ?? takeTitle(take)
