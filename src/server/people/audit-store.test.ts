import { pino } from 'pino'
import { expect, it } from 'vitest'
import { onEachIndex } from '../testing/on-each-index.ts'
import { createPeople } from './people.ts'
import type { PeopleSettings } from './settings.ts'

const settings: PeopleSettings = {
  mode: 'token',
  teamSees: 'all',
  header: '',
  admins: [],
  proxies: [],
  auditDays: 30,
}

onEachIndex((make) => {
  it('keeps what was done for as many days as it is to, and forgets the rest', async () => {
    const index = await make.open()
    let now = new Date('2026-01-01T12:00:00.000Z')
    const logger = pino({ level: 'silent' })
    const { audit, sweep } = createPeople({ index, dataDir: '', settings, now: () => now, logger })
    const by = { person: { id: 'person_a', name: 'Ada', role: 'admin', spend_limit_usd: null } } as const
    const pass = (days: number): void => void (now = new Date(now.getTime() + days * 24 * 60 * 60 * 1000))
    const actions = async () => (await audit.page(10, null)).entries.map(({ action }) => action)
    await audit.note(by, 'queue.paused')
    pass(20)
    await audit.note(by, 'queue.resumed')
    pass(9)
    await sweep()
    expect(await actions()).toEqual(['queue.resumed', 'queue.paused'])
    pass(2)
    await sweep()
    expect(await actions()).toEqual(['queue.resumed'])
    await index.close()
  })
})
