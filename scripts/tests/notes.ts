import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.mjs'

/** Keeps a line about what a run covered, or could not: `npm test` prints them at its end. */
export const note = (line: string): void => {
  mkdirSync(join(root, 'test-results'), { recursive: true })
  appendFileSync(join(root, 'test-results', 'notes.txt'), `${line}\n`)
}
