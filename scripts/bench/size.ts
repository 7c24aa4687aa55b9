import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from '../root.mjs'
import { printTable } from './table.ts'

/** Scripts and styles that index.html itself asks for, as gzip would send them. Fonts are told apart. */
export const benchSize = (): void => {
  const web = join(root, 'dist/web')
  const html = readFileSync(join(web, 'index.html'), 'utf8')
  const paths = [...html.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map(([, path = '']) => path)
  const kilobytes = (path: string) => gzipSync(readFileSync(join(web, path))).length / 1000
  const rows = paths.map((path) => [path, `${kilobytes(path).toFixed(1)} kB`, ''])
  const total = paths.reduce((sum, path) => sum + kilobytes(path), 0)
  printTable('First load, gzip', ['file', 'size', 'goal'], [...rows, ['together', `${total.toFixed(1)} kB`, '150 kB']])
}
