import type { AuthMode } from '../../shared/people.ts'
import type { PersonRow } from '../store/database/tables.ts'

/** Addresses of proxies: single ones, or networks as 10.0.0.0/8. */
export type Addresses = readonly string[]

/** How a studio knows who asks, and who sees what. */
export type PeopleSettings = {
  mode: AuthMode
  /** Whether members see everybody's takes, or only their own. */
  teamSees: 'all' | 'own'
  /** The header in which the proxy names who asks, in lower case; for `proxy` alone. */
  header: string
  /** What that header says of those who are admins. */
  admins: readonly string[]
  /** Proxies whose headers are believed. */
  proxies: Addresses
  /** Days for which it is kept who did what. */
  auditDays: number
}

/** Whether the settings name a person as an admin, whatever is written of them. */
export const isNamedAdmin = ({ admins }: PeopleSettings, { identity }: PersonRow): boolean =>
  identity !== null && admins.includes(identity)

export const roleOf = (settings: PeopleSettings, person: PersonRow): PersonRow['role'] =>
  isNamedAdmin(settings, person) ? 'admin' : person.role
