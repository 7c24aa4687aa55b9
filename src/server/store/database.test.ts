import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDatabase } from './database.ts'
import { lockFolder } from './lock.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'rushes-'))

it('lets no second server into a data folder, until the first has gone', async () => {
  const home = folder()
  const release = await lockFolder(home)
  await expect(lockFolder(home)).rejects.toThrow(/Another Rushes is using/)
  await release()
  const again = await lockFolder(home)
  await again()
})

it('opens what it made', () => {
  const path = join(folder(), 'rushes.db')
  const first = openDatabase(path)
  expect(first.created).toBe(true)
  first.database.close()
  const second = openDatabase(path)
  expect(second.created).toBe(false)
  second.database.close()
})

it('puts a broken index aside and begins a new one', () => {
  const home = folder()
  const path = join(home, 'rushes.db')
  writeFileSync(path, 'not a database '.repeat(1000))
  const { database, created } = openDatabase(path)
  expect(created).toBe(true)
  expect(readdirSync(home).some((name) => name.startsWith('rushes.db.broken-'))).toBe(true)
  expect(existsSync(path)).toBe(true)
  database.close()
})
