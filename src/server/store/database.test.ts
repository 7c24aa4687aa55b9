import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { markWhole, openDatabase } from './database.ts'
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

it('opens what it made, and knows whether the files were all read into it', () => {
  const path = join(folder(), 'rushes.db')
  const first = openDatabase(path)
  expect(first.whole).toBe(false)
  first.database.close()
  // Stopped in the middle of reading them, it is not whole at the next start either.
  const second = openDatabase(path)
  expect(second.whole).toBe(false)
  markWhole(second.database)
  second.database.close()
  const third = openDatabase(path)
  expect(third.whole).toBe(true)
  third.database.close()
})

it('puts a broken index aside and begins a new one', () => {
  const home = folder()
  const path = join(home, 'rushes.db')
  writeFileSync(path, 'not a database '.repeat(1000))
  const { database, whole } = openDatabase(path)
  expect(whole).toBe(false)
  expect(readdirSync(home).some((name) => name.startsWith('rushes.db.broken-'))).toBe(true)
  expect(existsSync(path)).toBe(true)
  database.close()
})
