import { formatDollars } from '../data/renderer-words.ts'
import { useSpending } from '../data/spending.ts'

/** What went out today, where anything went out this month. */
export const SpentToday = () => {
  const spending = useSpending()
  if (!spending || spending.month.orders === 0) return null
  const { today, month, limit_usd } = spending
  const about = today.certain ? '' : 'about '
  return (
    <p
      className="text-xs text-faint"
      data-tip={`${month.certain ? '' : 'About '}${formatDollars(month.usd)} this month`}
    >
      Spent today: {about}
      {formatDollars(today.usd)}
      {limit_usd !== null && ` of ${formatDollars(limit_usd)}`}
    </p>
  )
}
