import { hearCommandKeys } from './commands/command-keys.ts'
import { COMMANDS } from './commands/table.ts'
import { hearPageFiles } from './inputs/page-files.ts'
import { hearTheatreEnd } from './state/theatre.ts'
import { surviveTranslation } from './ui/survive-translation.ts'
import { hearTooltips } from './ui/tooltip.ts'

const keysOf = (id: string) => COMMANDS.find((command) => command.id === id)?.keys ?? []

/** What begins when the page has been seen. Returns the undoing. */
export const begin = (): (() => void) => {
  const stops = [surviveTranslation(), hearCommandKeys(), hearTheatreEnd(), hearPageFiles(), hearTooltips(keysOf)]
  return () => stops.forEach((stop) => stop())
}
