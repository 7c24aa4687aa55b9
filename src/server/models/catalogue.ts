import { findModel, type Model, registry } from '../../shared/models/index.ts'
import type { ListingFacts } from '../../shared/models/listing.ts'

/** Models that are not in the registry: workflows, and what a cloud serves that our table does not have. */
export type ModelSource = {
  list: () => readonly Model[]
  /** The model of that id. Also one that is not listed, as a cloud's custom model. */
  find: (name: string) => Model | undefined
  /** Names and the ids that they mean today, believed over the registry's aliases. */
  aliases?: () => ReadonlyMap<string, string>
  /**
   * When a model was first seen not to be served any more, null where it is served: believed over `Model.gone`. Undefined
   * where nothing is known.
   */
  goneSince?: (id: string) => string | null | undefined
}

/** All models of this server, by name. The registry's ids come first, then aliases as sources tell them, then its own. */
export type Catalogue = {
  list: () => readonly Model[]
  /** The model of that id or alias. */
  find: (name: string) => Model | undefined
  /** The id that a name means today: an alias gives its model, a retired model the one that took its place. */
  resolve: (name: string) => string | undefined
  /** The other names that mean that model today. */
  aliasesOf: (model: Model) => readonly string[]
  goneSince: (model: Model) => string | null
}

/** What a listing says of a model, from the catalogue and from who knows the renderers. */
export const listingFacts = (
  { aliasesOf, goneSince }: Catalogue,
  renderersOf: ListingFacts['renderersOf'],
): ListingFacts => ({ aliasesOf, goneSince, renderersOf })

export const createCatalogue = (sources: readonly ModelSource[]): Catalogue => {
  const moved = (name: string): string | undefined => {
    for (const source of sources) {
      const id = source.aliases?.().get(name)
      if (id !== undefined && id !== name) return id
    }
    return undefined
  }
  const byId = (id: string): Model | undefined => {
    const known: Model | undefined = findModel(id)
    if (known?.id === id) return known
    for (const source of sources) {
      const found = source.find(id)
      if (found) return found
    }
    return undefined
  }
  const find = (name: string): Model | undefined => {
    const known: Model | undefined = findModel(name)
    if (known?.id === name) return known
    const id = moved(name)
    // An alias that leads nowhere is no reason to forget what it meant before.
    return (id === undefined ? undefined : byId(id)) ?? known ?? byId(name)
  }
  const list = (): Model[] => {
    const models = new Map<string, Model>(registry.map((model) => [model.id, model]))
    for (const source of sources)
      for (const model of source.list()) if (!models.has(model.id)) models.set(model.id, model)
    return [...models.values()]
  }
  return {
    list,
    find,
    resolve: (name) => {
      const model = find(name)
      if (!model) return undefined
      const id = moved(name)
      return id !== undefined && byId(id) ? id : (model.replacedBy ?? model.id)
    },
    aliasesOf: (model) => {
      const names = new Set(model.aliases)
      for (const source of sources)
        for (const [name, id] of source.aliases?.() ?? []) if (id === model.id) names.add(name)
      // Ids of models are theirs alone, and an alias that moved is another's now.
      return [...names].filter((name) => find(name)?.id === model.id && name !== model.id)
    },
    goneSince: (model) => {
      for (const source of sources) {
        const told = source.goneSince?.(model.id)
        if (told !== undefined) return told
      }
      return model.gone ?? null
    },
  }
}
