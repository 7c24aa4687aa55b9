import { RushesError } from '../../shared/errors.ts'
import type { Money } from '../../shared/job.ts'
import type { Resolution } from '../../shared/models/fields.ts'
import type { Model, Price } from '../../shared/models/index.ts'
import { estimatePrice } from '../../shared/models/price.ts'
import type { Offer, RendererStatus, Spending } from '../../shared/renderers.ts'
import type { JobStore, PaidJob } from '../store/job-store.ts'
import { createTurn } from '../store/turn.ts'

type Asked = { resolution?: Resolution | undefined; seconds?: number | undefined }

/** What is known to be charged for models of a task, by Decart's table and by whoever else makes them; else for any. */
const pricesOf = (task: Model['task'], models: readonly Model[], statuses: readonly RendererStatus[]): Price[] => {
  const known = models.filter((model) => model.task === task)
  const priced = (model: Model): Price[] => pricesOfModel(model, statuses)
  const prices = known.flatMap(priced)
  // Of a task that nobody has a price for, as that of a model of which only the name is known, any may be meant.
  return prices.length > 0 ? prices : models.flatMap(priced)
}

const pricesOfModel = ({ id, price }: Model, statuses: readonly RendererStatus[]): Price[] => [
  ...(price ? [price] : []),
  ...statuses.flatMap((status) => status.models[id]?.price ?? []),
]

/**
 * What a job is likely to cost; null where it costs nothing. Of an unknown price the dearest known one of its task is
 * taken, and said to be uncertain.
 */
export const estimateOf = (
  offer: Offer,
  model: Model,
  asked: Asked,
  known: { models: readonly Model[]; statuses: readonly RendererStatus[] },
): Money | null => {
  if (offer.free) return null
  const usd = estimatePrice(offer.price, asked)
  if (usd !== null) return { usd: rounded(usd), certain: true }
  const others = pricesOf(model.task, known.models, known.statuses).map((price) => estimatePrice(price, asked) ?? 0)
  return { usd: rounded(Math.max(0, ...others)), certain: false }
}

/** To a hundredth of a cent, so that sums are not 0.30000000000000004. */
const rounded = (usd: number): number => Math.round(usd * 1e4) / 1e4

/** The server's own day of a time, as 2026-11-29. */
const dayOf = (time: Date): string =>
  [time.getFullYear(), time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, '0')).join('-')

/** The first of a day's month. */
const monthOf = (day: Date): Date => new Date(day.getFullYear(), day.getMonth(), 1)

const sum = (jobs: readonly PaidJob[]) => ({
  usd: rounded(jobs.reduce((total, { usd }) => total + usd, 0)),
  certain: jobs.every(({ certain }) => certain),
  orders: jobs.length,
})

/** Who asks for what costs money, and what may go out for them in a day. */
export type Spender = { id: string; spend_limit_usd: number | null }

export type Ledger = {
  /**
   * What went out, by day, renderer and model, of this month and of the last thirty days: of all, or of what one person
   * asked for and with their limit.
   */
  spending: (of?: Spender) => Promise<Spending>
  /** What went out today and this month for each of these. */
  byPerson: <P extends Spender>(people: readonly P[]) => Promise<(Pick<Spending, 'today' | 'month'> & { person: P })[]>
  /**
   * Runs what puts a job in that costs so much, one at a time, so that two cannot both take the last of the day's limit.
   * Rejects with SPEND_LIMIT where it would pass the studio's limit, or that of who asks.
   */
  within: <T>(estimate: Money | null, asks: Spender | null, put: () => Promise<T>) => Promise<T>
}

const DAYS = 30

/** What went out by day, renderer and model, the last day first. */
const byDay = (paid: readonly PaidJob[]): Spending['days'] => {
  const groups = new Map<string, PaidJob[]>()
  for (const job of paid) {
    const key = [dayOf(new Date(job.createdAt)), job.renderer, job.model].join(' ')
    groups.set(key, [...(groups.get(key) ?? []), job])
  }
  const days = [...groups.entries()].map(([key, group]) => {
    const [day = '', renderer = '', model = ''] = key.split(' ')
    return { day, renderer, model, ...sum(group) }
  })
  return days.toSorted((one, other) => other.day.localeCompare(one.day))
}

/** Throws where a job would pass the day's limit of who asks, or that of all. `today` is what went out today. */
const requireRoom = (estimate: Money, asks: Spender | null, limit: number | null, today: readonly PaidJob[]): void => {
  const own = asks?.spend_limit_usd ?? null
  const spent = sum(today.filter(({ owner }) => owner === asks?.id)).usd
  if (own !== null && spent + estimate.usd > own)
    throw new RushesError(
      'SPEND_LIMIT',
      `This would cost about $${estimate.usd.toFixed(2)}, and $${spent.toFixed(2)} of your limit of $${own.toFixed(2)} for today are spent or ordered. Nothing was ordered. Make it locally, wait until tomorrow, or ask an admin to raise your limit.`,
    )
  const { usd } = sum(today)
  if (limit === null || usd + estimate.usd <= limit) return
  throw new RushesError(
    'SPEND_LIMIT',
    `This would cost about $${estimate.usd.toFixed(2)}, and $${usd.toFixed(2)} of today's limit of $${limit.toFixed(2)} (SPEND_LIMIT_USD) are spent or ordered. Nothing was ordered. Make it locally, wait until tomorrow, or raise the limit.`,
  )
}
/** Keeps to the limit of a day, and adds up what was spent. `limit` in US dollars; null: none. */
export const createLedger = (deps: {
  jobs: Pick<JobStore, 'paidSince'>
  limit: number | null
  /** Works one after the other, on all servers where there are several. */
  inTurn?: (<T>(work: () => Promise<T>) => Promise<T>) | undefined
  now: () => Date
}): Ledger => {
  const { jobs, limit, now, inTurn = createTurn() } = deps
  const midnight = (): Date => new Date(now().getFullYear(), now().getMonth(), now().getDate())

  /** What went out today, where anything limits it. */
  const paidToday = async (asks: Spender | null): Promise<PaidJob[]> =>
    limit === null && (asks?.spend_limit_usd ?? null) === null ? [] : jobs.paidSince(midnight().toISOString())

  return {
    within: (estimate, asks, put) => {
      if (estimate === null) return put()
      return inTurn(async () => {
        requireRoom(estimate, asks, limit, await paidToday(asks))
        return put()
      })
    },
    byPerson: async (people) => {
      const today = midnight()
      const monthBegins = monthOf(today)
      const paid = await jobs.paidSince(monthBegins.toISOString())
      return people.map((person) => {
        const own = paid.filter(({ owner }) => owner === person.id)
        return { person, today: sum(own.filter(({ createdAt }) => new Date(createdAt) >= today)), month: sum(own) }
      })
    },
    spending: async (of) => {
      const today = midnight()
      const monthBegins = monthOf(today)
      const earlier = new Date(today.getFullYear(), today.getMonth(), today.getDate() - DAYS)
      const from = earlier < monthBegins ? earlier : monthBegins
      const all = await jobs.paidSince(from.toISOString())
      const paid = of ? all.filter(({ owner }) => owner === of.id) : all
      const since = (time: Date) => paid.filter(({ createdAt }) => new Date(createdAt) >= time)
      return {
        today: sum(since(today)),
        month: sum(since(monthBegins)),
        limit_usd: of ? of.spend_limit_usd : limit,
        days: byDay(paid),
      }
    },
  }
}
