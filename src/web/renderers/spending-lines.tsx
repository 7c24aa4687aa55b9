import type { Spending } from '../../shared/renderers.ts'
import { formatDollars } from '../data/renderer-words.ts'
import { useSpending } from '../data/spending.ts'

const sum = ({ usd, certain, orders }: Spending['today']): string =>
  orders === 0
    ? 'nothing'
    : `${certain ? '' : 'about '}${formatDollars(usd)} for ${orders === 1 ? 'one take' : `${orders} takes`}`

/** What went out today and this month, and where it would end. */
export const SpendingLines = () => {
  const spending = useSpending()
  if (!spending) return null
  const { today, month, limit_usd } = spending
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-soft">
      <span>Spent today: {sum(today)}</span>
      <span>This month: {sum(month)}</span>
      <span className="text-faint">
        {limit_usd === null
          ? 'No limit is set (SPEND_LIMIT_USD).'
          : `Limit: ${formatDollars(limit_usd)} a day, over all that bill.`}
      </span>
    </p>
  )
}
