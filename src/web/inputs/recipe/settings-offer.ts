import { create } from 'zustand'
import type { Recipe } from './recipe.ts'

/** A file that was brought in and carries the settings it was made from. */
export type SettingsOffer = { name: string; recipe: Recipe }

export const useSettingsOffer = create<{ offer: SettingsOffer | null }>()(() => ({ offer: null }))

/** Says that a file carries settings; null takes that back. */
export const offerSettings = (offer: SettingsOffer | null): void => useSettingsOffer.setState({ offer })
