import { hearCommandKeys } from './commands/command-keys.ts'
import { takePageFiles } from './inputs/page-files.ts'
import { hearTheatreEnd } from './state/theatre.ts'
import { surviveTranslation } from './ui/survive-translation.ts'

/** What begins when the page has been seen. Returns the undoing. */
export const begin = (): (() => void) => {
  const stops = [surviveTranslation(), hearCommandKeys(), hearTheatreEnd(), takePageFiles()]
  return () => stops.forEach((stop) => stop())
}
