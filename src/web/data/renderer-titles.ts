import { create } from 'zustand'
import type { RendererName } from '../../shared/job.ts'
import type { RendererStatus } from '../../shared/renderers.ts'

/** What those are called that a page may have to name before the server has told. */
const KNOWN: Readonly<Record<RendererName, string>> = {
  local: 'Local draft',
  decart: 'Decart',
  comfyui: 'ComfyUI',
  fal: 'fal',
  openai: 'Generation server',
}

const useTitles = create<{ titles: Readonly<Record<RendererName, string>> }>()(() => ({ titles: {} }))

/** Keeps what the server calls its renderers. */
export const learnTitles = (renderers: readonly Pick<RendererStatus, 'name' | 'title'>[]): void =>
  useTitles.setState({ titles: Object.fromEntries(renderers.map(({ name, title }) => [name, title])) })

/** The word that stands for a renderer wherever a result is labelled. What the local engine makes is always a draft. */
export const rendererTitle = (name: RendererName): string =>
  (name === 'local' ? undefined : useTitles.getState().titles[name]) ?? KNOWN[name] ?? name
