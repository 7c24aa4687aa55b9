// Finds an installed PostgreSQL for the tests on it.
import { accessSync, constants, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where distributions keep the programs of each version, of which only clients lie on the PATH. */
const VERSIONS = ['/usr/lib/postgresql', '/usr/pgsql', '/opt/homebrew/opt', '/usr/local/opt']

/** @param {string} folder */
const isComplete = (folder) => {
  try {
    for (const name of ['initdb', 'pg_ctl', 'postgres']) accessSync(join(folder, name), constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** @param {string} folder */
const versionsIn = (folder) => {
  try {
    return readdirSync(folder)
      .filter((name) => /^(postgresql@)?\d+$/.test(name))
      .toSorted((a, b) => Number(b.replace(/\D/g, '')) - Number(a.replace(/\D/g, '')))
      .map((name) => join(folder, name, 'bin'))
  } catch {
    return []
  }
}

/** The folder of PostgreSQL's server programs (POSTGRES_BIN first, then the newest that is installed), or undefined. */
export const findPostgres = () =>
  [process.env['POSTGRES_BIN'] ?? '', ...VERSIONS.flatMap(versionsIn), ...(process.env['PATH'] ?? '').split(delimiter)]
    .filter((folder) => folder !== '')
    .find(isComplete)

export const POSTGRES_MISSING =
  'PostgreSQL was not found: the tests on it did not run. Install it (Debian: postgresql), or set POSTGRES_BIN to the folder of its programs.'
