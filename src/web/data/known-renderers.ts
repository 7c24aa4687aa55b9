import type { RendererStatus } from '../../shared/renderers.ts'

let known: readonly RendererStatus[] | undefined

/** Keeps how everyone who can render stood when the server told last. */
export const learnRenderers = (renderers: readonly RendererStatus[]): void => {
  known = renderers
}

/** The same for what is decided outside of components. Undefined until the server has told. */
export const knownRenderers = (): readonly RendererStatus[] | undefined => known
