import type { Spending } from '../../shared/renderers.ts'
import type { Ledger } from '../jobs/spending.ts'
import type { PersonRow } from '../store/database/tables.ts'
import type { Viewer } from './viewer.ts'

/** What somebody is told of what went out: members of their own, admins of the whole and of everybody. */
export const spendingFor = async (
  { isAdmin, person }: Viewer,
  ledger: Ledger,
  people: readonly PersonRow[],
): Promise<Spending> => {
  if (person === null) return ledger.spending()
  if (!isAdmin) return ledger.spending(person)
  const [whole, each] = await Promise.all([ledger.spending(), ledger.byPerson(people)])
  return {
    ...whole,
    people: each.map(({ person: { id, name, spend_limit_usd }, today, month }) => ({
      person_id: id,
      name,
      today,
      month,
      limit_usd: spend_limit_usd,
    })),
  }
}
