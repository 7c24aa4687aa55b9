import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './root.mjs'

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => !path.includes('node_modules'))

const PAGES = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'packages/client/README.md',
  ...filesBelow('docs').filter((path) => path.endsWith('.md')),
]
const SOURCES = ['src', 'scripts', 'e2e', 'assembly'].flatMap(filesBelow)

const read = (page: string): string => readFileSync(join(root, page), 'utf8')
/** What stands in backticks, outside of blocks of code. */
const codeIn = (text: string): string[] =>
  [...text.replace(/^```[^]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
/** Headings as links name them. */
const anchorsIn = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

/** A file or folder of the sources by its whole path, or a file by the end of it, as `jobs/submit.ts`. */
const isThere = (path: string): boolean =>
  existsSync(join(root, path)) || SOURCES.some((source) => source.endsWith(`/${path}`))

describe.each(PAGES)('%s', (page) => {
  it('links to what is there', () => {
    const broken = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [path = '', anchor] = target.split('#')
        const file = path === '' ? page : relative(root, join(root, dirname(page), path))
        if (!existsSync(join(root, file))) return true
        return anchor !== undefined && !anchorsIn(read(file)).includes(anchor)
      })
    expect(broken).toEqual([])
  })

  // What was changed in a version may be gone in the next.
  if (page === 'CHANGELOG.md') return
  it('names files and folders of the sources that are there', () => {
    const missing = codeIn(read(page))
      .filter((code) => /^(src|scripts|e2e|assembly)\/[\w./-]+$|^[\w./-]+\.(tsx?|mjs)$/.test(code))
      .filter((path) => !isThere(path))
    expect(missing).toEqual([])
  })
})
