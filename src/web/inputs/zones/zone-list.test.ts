import { expect, it } from 'vitest'
import { findModel, registry } from '../../../shared/models/index.ts'
import type { DraggedKind } from '../dragged.ts'
import { type DraggedMedia, zonesFor } from './zone-list.ts'

const lit = (
  kinds: readonly DraggedKind[],
  about: { from?: DraggedMedia['from']; model?: string; beside?: boolean } = {},
) => {
  const chosen = findModel(about.model ?? 'lucy-pro-t2v')
  if (!chosen) throw new Error('no such model')
  const modelFor = (task: string) => registry.find((model) => model.task === task)
  const held = { from: about.from ?? 'files', kinds }
  const zones = zonesFor(held, { chosen, modelFor, beside: about.beside ?? false })
  return { names: zones.filter((zone) => zone.lit).map(({ name }) => name), zones }
}

it('lights what fits what is dragged', () => {
  expect(lit(['image']).names).toEqual(['animate', 'edit', 'first', 'last', 'restore'])
  expect(lit(['image'], { model: 'lucy-image-2', beside: true }).names).toContain('reference')
  expect(lit(['video'], { beside: true }).names).toEqual(['edit', 'compare', 'restore'])
  expect(lit(['image', 'image']).names).toEqual(['animate', 'edit', 'first', 'compare'])
  expect(lit(['image', 'video']).names).toEqual(['compare'])
  expect(lit(['unknown'], { from: 'address' }).names).toEqual(['animate', 'edit', 'first', 'last'])
  expect(lit(['video'], { from: 'take' }).names).toEqual(['edit', 'restore'])
  expect(lit(['other']).names).toEqual([])
})

it('says of each that is not lit why, and what comes of several files', () => {
  const { zones } = lit(['video', 'video', 'video'])
  const words = Object.fromEntries(zones.map((zone) => [zone.name, `${zone.title}: ${zone.words}`]))
  expect(words).toMatchObject({
    animate: 'Animate it: A clip moves already. This takes pictures.',
    edit: 'Edit them: 3 takes by Lucy 2.5',
    first: 'First frame: A transition goes between two pictures.',
    reference: 'Reference: Lucy Pro: text to video takes no reference.',
    restore: 'Restore its settings: One file at a time.',
  })
})
