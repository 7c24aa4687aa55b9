import { expect, it } from 'vitest'
import { modelFromData } from '../../shared/models/from-fields.ts'
import { createCatalogue, type ModelSource } from './catalogue.ts'

const modelOf = (id: string) =>
  modelFromData({
    id,
    title: id,
    description: '',
    kind: 'video',
    task: 'video-edit',
    fps: 25,
    width: 1280,
    height: 720,
    fields: [],
  })
const sourceOf = (ids: readonly string[], more: Partial<ModelSource> = {}): ModelSource => {
  const models = ids.map(modelOf)
  return { list: () => models, find: (name) => models.find(({ id }) => id === name), ...more }
}

it('knows the registry by itself', () => {
  const { find, resolve, aliasesOf, goneSince } = createCatalogue([])
  const latest = find('lucy-latest')
  if (!latest) throw new Error('no model')
  expect([latest.id, aliasesOf(latest)]).toEqual(['lucy-2.1', ['lucy-latest', 'lucy-2', 'lucy-2-v2v']])
  expect(['lucy-pro-v2v', 'lucy-vton', 'lucy-9'].map(resolve)).toEqual(['lucy-clip', 'lucy-vton-2', undefined])
  expect(goneSince(latest)).toBeNull()
  const motion = find('lucy-motion')
  expect(motion && goneSince(motion)).toBe('2026-10')
})

it('takes models of its sources in, the registry’s own names first and each id once', () => {
  const { list, find } = createCatalogue([sourceOf(['lucy-3', 'lucy-clip']), sourceOf(['lucy-3', 'workflow-a'])])
  const ids = list().map(({ id }) => id)
  expect(ids.slice(-2)).toEqual(['lucy-3', 'workflow-a'])
  expect(new Set(ids).size).toBe(ids.length)
  expect(find('lucy-clip')?.title).toBe('Lucy Clip')
  expect(find('workflow-a')?.id).toBe('workflow-a')
})

it('follows an alias that moved, and not one that leads nowhere', () => {
  const aliases = new Map([
    ['lucy-latest', 'lucy-3'],
    ['lucy-vton-latest', 'lucy-vton-9'],
    ['lucy-clip', 'lucy-3'],
    ['lucy-3-latest', 'lucy-3'],
  ])
  const catalogue = createCatalogue([sourceOf(['lucy-3'], { aliases: () => aliases })])
  const { find, resolve, aliasesOf } = catalogue
  expect(['lucy-latest', 'lucy-vton-latest', 'lucy-clip', 'lucy-3-latest'].map((name) => find(name)?.id)).toEqual([
    'lucy-3',
    'lucy-vton-3.5',
    'lucy-clip',
    'lucy-3',
  ])
  expect(['lucy-latest', 'lucy-vton-latest'].map(resolve)).toEqual(['lucy-3', 'lucy-vton-3.5'])
  const [lucy3, lucy21] = [find('lucy-3'), find('lucy-2.1')]
  expect(lucy3 && [...aliasesOf(lucy3)].sort()).toEqual(['lucy-3-latest', 'lucy-latest'])
  expect(lucy21 && aliasesOf(lucy21)).toEqual(['lucy-2', 'lucy-2-v2v'])
})

it('believes a source over the table about what is gone', () => {
  const known: Record<string, string | null> = { 'lucy-clip': '2026-11-29', 'lucy-motion': null }
  const since = (id: string) => known[id]
  const { find, goneSince } = createCatalogue([sourceOf([]), sourceOf([], { goneSince: since })])
  const told = ['lucy-clip', 'lucy-motion', 'lucy-vton-2'].map((name) => {
    const found = find(name)
    return found && goneSince(found)
  })
  expect(told).toEqual(['2026-11-29', null, '2026-10'])
})
