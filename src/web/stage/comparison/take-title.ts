import type { Take } from '../../data/take.ts'

/** What a take is called: its prompt, or its model where it has none. */
export const takeTitle = ({ prompt, model, modelId }: Pick<Take, 'prompt' | 'model' | 'modelId'>): string =>
  prompt === '' ? (model?.title ?? modelId) : prompt
