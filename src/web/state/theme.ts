import { create } from 'zustand'

const THEMES = ['system', 'dark', 'light'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'rushes.theme'

export const readTheme = (stored: string | null): Theme => THEMES.find((theme) => theme === stored) ?? 'dark'

const stored = (): string | null => {
  try {
    return localStorage.getItem(KEY)
  } catch {
    // Storage is switched off: the choice lives as long as the page.
    return null
  }
}

const lightSystem = () => matchMedia('(prefers-color-scheme: light)')

const apply = (theme: Theme) => {
  const light = theme === 'light' || (theme === 'system' && lightSystem().matches)
  document.documentElement.dataset['theme'] = light ? 'light' : 'dark'
}

/** The theme, applied to the page at once. public/theme.js applies the stored one before the first paint. */
export const useTheme = create<{ theme: Theme; choose: (theme: Theme) => void }>()((set) => ({
  theme: readTheme(stored()),
  choose: (theme) => {
    apply(theme)
    set({ theme })
    try {
      localStorage.setItem(KEY, theme)
    } catch {
      // As above.
    }
  },
}))

/** Follows the system while that is what was chosen. Returns the undoing. */
export const followSystemTheme = (): (() => void) => {
  const media = lightSystem()
  const follow = () => apply(useTheme.getState().theme)
  media.addEventListener('change', follow)
  return () => media.removeEventListener('change', follow)
}
