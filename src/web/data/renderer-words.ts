import type { Engine, Money, RendererName } from '../../shared/job.ts'
import { estimatePrice } from '../../shared/models/price.ts'
import type { Resolution } from '../../shared/models/fields.ts'
import type { RendererState, RendererStatus, Where } from '../../shared/renderers.ts'
import { type Candidate, madeInstead } from './renderer-choice.ts'
import { rendererTitle } from './renderer-titles.ts'

/** Where what is sent goes, as a sentence. */
export const WHERE_WORDS: Readonly<Record<Where, string>> = {
  'this machine': 'Nothing leaves this machine.',
  'your network': 'Prompts and files go to your own server.',
  'a third party': 'Prompts and files go to a third party.',
}

export const STATE_WORDS: Readonly<Record<RendererState, string>> = {
  ready: 'Ready',
  off: 'Not connected',
  unreachable: 'Does not answer',
  unauthorized: 'Key refused',
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

const hostOf = (url: string): string => {
  if (!URL.canParse(url)) return url
  const { hostname } = new URL(url)
  return LOOPBACK.test(hostname) ? 'this machine' : hostname
}

/** `on render-box`, `at fal`: where an engine runs. */
export const placeWords = ({ name, title, where, servers }: RendererStatus): string => {
  if (where === 'a third party') return `at ${title}`
  const [server, ...others] = servers
  if (!server) return `on ${rendererTitle(name)}`
  return others.length === 0 ? `on ${hostOf(server.url)}` : `on ${title}, ${servers.length} servers`
}

/** US dollars, to the cent, or to a tenth of a cent below one. */
export const formatDollars = (usd: number): string => `$${usd.toFixed(usd < 0.01 && usd > 0 ? 3 : 2)}`

/** `$0.10`, or `about $0.10` where it is an estimate. */
export const moneyWords = ({ usd, certain }: Money): string => `${certain ? '' : 'about '}${formatDollars(usd)}`

export type Asked = { resolution?: Resolution | undefined; seconds?: number | undefined }

/** What so many takes cost: `free`, `about $0.10`, `about $0.80 for 8`, or that nobody knows. */
export const costWords = (candidate: Candidate, asked: Asked, count = 1): string => {
  const { name, offer } = candidate
  if (name === 'local' || offer?.free === true) return 'free'
  const resolution = madeInstead(candidate, asked.resolution ?? '720p')
  const usd = estimatePrice(offer?.price, { ...asked, resolution })
  if (usd === null) return 'paid, price unknown'
  return `about ${formatDollars(usd * count)}${count === 1 ? '' : ` for ${count}`}`
}

/** Why it would not make it now, in a few words; null where it would. */
export const hindrance = ({ name, status, offer }: Candidate): string | null => {
  if (name === 'local') return null
  if (status && status.state !== 'ready') return STATE_WORDS[status.state].toLowerCase()
  if (offer?.ready) return null
  const missing = offer?.missing.length ?? 0
  return missing === 0 ? 'not ready' : `${missing} ${missing === 1 ? 'piece' : 'pieces'} missing`
}

/** `Wan 2.2 5B on render-box`: what will run, and where. */
export const engineWords = ({ name, status, offer }: Candidate): string => {
  if (name === 'local') return rendererTitle(name)
  // Whoever bills it is named, wherever its address leads.
  const place = status && offer?.free ? placeWords(status) : `at ${status?.title ?? rendererTitle(name)}`
  return offer ? `${offer.engine.name} ${place}` : rendererTitle(name)
}

/** What the engine's licence forbids, where that is to be known before it runs; null where it is nothing. */
export const licenceWords = ({ offer }: Pick<Candidate, 'offer'>): string | null =>
  /non-?commercial/i.test(offer?.engine.licence ?? '') ? 'not for commercial use' : null

/** One line for a choice among several. */
export const candidateWords = (candidate: Candidate, asked: Asked): string =>
  [engineWords(candidate), hindrance(candidate) ?? costWords(candidate, asked), licenceWords(candidate)]
    .filter((words) => words !== null)
    .join(' · ')

/** Who made a take: the engine that ran where that is known, and the renderer. What is a draft is called that. */
export const makerWords = ({ renderer, engine }: { renderer: RendererName; engine: Engine | null }): string =>
  renderer === 'local' || engine === null ? rendererTitle(renderer) : `${engine.name} · ${rendererTitle(renderer)}`
