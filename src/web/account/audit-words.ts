import type { AuditEntry } from '../../shared/people.ts'

const many = (entry: AuditEntry, one: string, more: string): string => {
  const count = typeof entry.facts['count'] === 'number' ? entry.facts['count'] : entry.subjects.length
  return count === 1 ? one : `${count} ${more}`
}

const fact = ({ facts }: AuditEntry, name: string): string => String(facts[name] ?? '')

const changesOf = ({ facts }: AuditEntry): string => {
  const { role, disabled, name } = facts
  const limit = facts['spend_limit_usd']
  return [
    ...(typeof name === 'string' ? [`named them ${name}`] : []),
    ...(typeof role === 'string' ? [`made them ${role === 'admin' ? 'an admin' : 'a member'}`] : []),
    ...(limit === undefined ? [] : [limit === null ? 'took their limit away' : `set their limit to $${String(limit)}`]),
    ...(typeof disabled === 'boolean' ? [disabled ? 'kept them out' : 'let them in again'] : []),
  ].join(', ')
}

const WORDS: Readonly<Record<string, (entry: AuditEntry) => string>> = {
  'session.begun': (entry) => `signed in from ${fact(entry, 'address')}`,
  'session.ended': () => 'signed out',
  'token.made': (entry) => `made the API token ${fact(entry, 'label')}`,
  'token.revoked': () => 'revoked an API token',
  'person.invited': (entry) => `made a link for ${fact(entry, 'name')}`,
  'person.renamed': (entry) => `was ${fact(entry, 'before')}, and is ${fact(entry, 'name')} now`,
  'person.changed': (entry) => `changed ${fact(entry, 'who')}: ${changesOf(entry)}`,
  'take.binned': (entry) => `put ${many(entry, 'a take', 'takes')} into the bin`,
  'take.restored': (entry) => `took ${many(entry, 'a take', 'takes')} out of the bin`,
  'take.cancelled': () => 'cancelled a take',
  'bin.emptied': (entry) => `emptied the bin of ${fact(entry, 'removed')}`,
  'queue.paused': () => 'paused the queue',
  'queue.resumed': () => 'let the queue go on',
  'queue.cancelled': (entry) => `cancelled ${fact(entry, 'cancelled')} that waited`,
  'renderer.set': (entry) => `set the renderer ${entry.subjects[0] ?? ''}`,
  'renderer.forgotten': (entry) => `forgot what was set of the renderer ${entry.subjects[0] ?? ''}`,
  'workflow.added': (entry) => `added the workflow ${entry.subjects[0] ?? ''}`,
  'workflow.changed': (entry) => `changed the workflow ${entry.subjects[0] ?? ''}`,
  'workflow.removed': (entry) => `deleted the workflow ${entry.subjects[0] ?? ''}`,
}

/** What somebody did, as it goes on from their name. The server may be newer than the page. */
export const auditWords = (entry: AuditEntry): string => WORDS[entry.action]?.(entry) ?? entry.action
