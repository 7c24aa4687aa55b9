import { create } from 'zustand'
import type { Notice } from '../../shared/routes.ts'

/** What the server has to say to everybody who uses it: what happened, and what to do. */
export const useNotices = create<{ notices: readonly Notice[] }>()(() => ({ notices: [] }))
