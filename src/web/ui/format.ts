const UNITS = ['B', 'kB', 'MB', 'GB'] as const

/** `2.9 MB`; decimal units, as file managers show them. */
export const formatBytes = (bytes: number): string => {
  const power = Math.min(UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${UNITS[power]}`
}

/** `5.0 s`, `1:05` from a minute up. */
export const formatSeconds = (seconds: number): string =>
  seconds < 60
    ? `${seconds.toFixed(1)} s`
    : `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`

/** Whole seconds while something runs: `8 s`, `2:05`. */
export const formatElapsed = (seconds: number): string =>
  seconds < 60 ? `${Math.max(0, Math.floor(seconds))} s` : formatSeconds(seconds)

/** `1280 × 720` */
export const formatSize = (size: { width: number; height: number }): string => `${size.width} × ${size.height}`

/** `25`, `29.97` */
export const formatFps = (fps: number): string => String(Math.round(fps * 100) / 100)
