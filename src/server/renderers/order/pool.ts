import { setMaxListeners } from 'node:events'
import type { Model } from '../../../shared/models/index.ts'
import type { Offer, RendererStatus } from '../../../shared/renderers.ts'
import { RushesError } from '../../../shared/errors.ts'
import { type Connection, type ServerFacts } from './dialect.ts'

/** A connection with what is known of its server. */
export type Member = {
  connection: Connection
  /** Null until it was looked at. */
  facts: ServerFacts | null
  /** Orders of ours that were, or are just being, placed there since it was looked at, and so are not in its `busy`. */
  placed: number
  /** Orders of ours that are open there. */
  open: number
}

/** Milliseconds for which a look counts as fresh where it matters who is least busy. */
const FRESH_MS = 3000

export type Pool = {
  members: readonly Member[]
  /** Looks at all servers now; looks that are under way are waited for. Never rejects. */
  look: () => Promise<void>
  /** What can be made, and how: per model the first server that is ready for it, else the first that could be. */
  offers: () => Record<string, Offer>
  /**
   * The least busy server that makes the model by that engine (any, where it is null) and is not among `tried`. Rejects
   * with a RushesError that says why there is none. The order counts as placed and open there
   * from then on, so that those who choose at the same time do not all go to one.
   */
  choose: (model: Model, engine: string | null, tried: ReadonlySet<Connection>) => Promise<Member>
  /** Told that a server did not answer, so that the next order goes elsewhere. */
  markUnreachable: (member: Member, why: string) => void
  /** What the first that can makes of a model that is not among the offers. */
  offerFor: (model: Model) => Offer | null
  byUrl: (url: string | undefined) => Member | undefined
  close: () => void
}

const loadOf = ({ facts, placed, open }: Member): number =>
  Math.max(open, (facts?.state === 'ready' ? facts.busy : 0) + placed)

/** An offer by the engine of that name, where it is among those that are offered. */
export const offerBy = (offer: Offer, engine: string): Offer | undefined =>
  [offer, ...(offer.others ?? [])].find((each) => each.engine.name === engine)

const offersOf = (member: Member): Readonly<Record<string, Offer>> => member.facts?.offers ?? {}
const offerOf = (member: Member, model: Model): Offer | null =>
  offersOf(member)[model.id] ?? member.connection.offerFor?.(model) ?? null
const isAble = (member: Member, model: Model, engine: string | null): boolean => {
  const offer = member.facts?.state === 'ready' ? offerOf(member, model) : null
  return offer !== null && (engine === null ? offer.ready : offerBy(offer, engine)?.ready === true)
}

/** Why none of these servers makes a model by that engine. */
const whyNone = (members: readonly Member[], title: string, model: Model, engine: string | null): RushesError => {
  const ready = members.filter(({ facts }) => facts?.state === 'ready')
  if (ready.length === 0) {
    const refused = members.some(({ facts }) => facts?.state === 'unauthorized')
    const notes = members.map(({ facts }) => facts?.note).filter((note) => note !== undefined && note !== '')
    return new RushesError(
      refused ? 'INVALID_API_KEY' : 'UNREACHABLE',
      `${notes[0] ?? `${title} cannot be reached.`} Nothing was ordered.`,
    )
  }
  const offers = ready.flatMap((member) => offerOf(member, model) ?? [])
  const other = offers.find((offer) => offer.ready)
  if (other && engine !== null)
    return new RushesError(
      'MODEL_MISSING',
      `${engine}, which was announced for this take, is not at ${title} any more; ${other.engine.name} is. Generate again to use that.`,
    )
  const reason = offers.find((offer) => offer.reason !== null)?.reason
  return new RushesError('MODEL_MISSING', reason ?? `${title} does not make ${model.id}.`)
}

/** Looks at servers, each time at all of them at once. */
const createLook = (members: readonly Member[], signal: AbortSignal) => {
  let looking: Promise<void> | undefined
  let looked: number | null = null

  const lookAt = async (member: Member): Promise<void> => {
    try {
      const before = member.placed
      member.facts = await member.connection.look(signal)
      member.placed = Math.max(0, member.placed - before)
    } catch (error) {
      if (signal.aborted) return
      member.facts = { state: 'unreachable', note: error instanceof Error ? error.message : String(error) }
    }
  }
  const look = (): Promise<void> => {
    looking ??= Promise.all(members.map(lookAt)).then(() => {
      looked = performance.now()
      looking = undefined
    })
    return looking
  }

  return { look, isFresh: (): boolean => looked !== null && performance.now() - looked < FRESH_MS }
}

/** What all of them make: per model the first that is ready for it, else the first that could be. */
const offersOfAll = (members: readonly Member[]): Record<string, Offer> => {
  const found: Record<string, Offer> = {}
  for (const member of members)
    for (const [model, offer] of Object.entries(offersOf(member)))
      if (!found[model] || (offer.ready && !found[model].ready)) found[model] = offer
  return found
}

/** The servers of one renderer. */
export const createPool = (connections: readonly Connection[], title: string): Pool => {
  const members: Member[] = connections.map((connection) => ({ connection, facts: null, placed: 0, open: 0 }))
  const closing = new AbortController()
  // Of each look at each of them.
  setMaxListeners(0, closing.signal)
  const { look, isFresh } = createLook(members, closing.signal)

  return {
    members,
    look,
    offers: () => offersOfAll(members),
    choose: async (model, engine, tried) => {
      const able = () => members.filter((each) => !tried.has(each.connection) && isAble(each, model, engine))
      if (!isFresh() && (members.length > 1 || able().length === 0)) await look()
      const [least] = able().sort((one, other) => loadOf(one) - loadOf(other))
      if (!least) throw whyNone(members, title, model, engine)
      least.placed++
      least.open++
      return least
    },
    markUnreachable: (member, why) => {
      const offers = member.facts?.offers
      member.facts = { state: 'unreachable', note: why, ...(offers ? { offers } : {}) }
    },
    offerFor: (model) => {
      for (const { connection } of members) {
        const offer = connection.offerFor?.(model)
        if (offer) return offer
      }
      return null
    },
    byUrl: (url) =>
      url === undefined && members.length === 1 ? members[0] : members.find(({ connection }) => connection.url === url),
    close: () => {
      closing.abort(new Error('Rushes is stopping'))
      for (const { connection } of members) connection.close()
    },
  }
}

/** The state of a renderer from those of its servers: the best of them. */
export const stateOf = (members: readonly Member[]): Pick<RendererStatus, 'state' | 'note'> => {
  const by = (state: ServerFacts['state']) => members.filter(({ facts }) => facts?.state === state)
  const [ready] = by('ready')
  // One that was not looked at yet is not down.
  const down = members.filter(({ facts }) => facts !== null && facts.state !== 'ready').length
  if (ready?.facts) {
    const note =
      members.length > 1 && down > 0 ? `${down} of ${members.length} servers do not answer.` : ready.facts.note
    return { state: 'ready', note }
  }
  const [refused] = by('unauthorized')
  if (refused?.facts) return { state: 'unauthorized', note: refused.facts.note }
  const note = members.find(({ facts }) => facts)?.facts?.note ?? 'It is being looked at.'
  return { state: 'unreachable', note }
}
