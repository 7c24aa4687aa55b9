import type { Logger } from 'pino'

/** What started this process; `gone` resolves with a reason when it goes, and with nohup a hang-up is none. */
export type Launcher = { gone: Promise<string> | null; isNohup: boolean }

export type Endings = {
  /** What is to be closed before the process ends; until it is given, an end waits for nothing. */
  closeWith: (close: () => Promise<void>) => void
  /** Ends the process with the words of the error that kept it from starting, for the person and for the log. */
  cannotStart: (error: unknown) => void
}

const SIGNALS = {
  SIGINT: 'SIGINT (Ctrl-C)',
  SIGTERM: 'SIGTERM, a request to stop',
  SIGHUP: 'SIGHUP, its terminal closed',
} as const

/** Milliseconds that closing may take: what manages servers kills them after ten seconds. */
const MAX_CLOSE_MS = 8000
/** A signal that comes twice within this was sent once: a terminal and npm both pass Ctrl-C on. */
const SAME_SIGNAL_MS = 1000

/** What was thrown to be read by a person, unlike a defect, whose stack belongs into the log. */
const isSentence = (error: unknown): boolean => error instanceof Error && error.name === 'Error' && !('code' in error)

/**
 * Says in the log why this process ends, whatever ends it: a signal, the going of what started it, an error
 * that nothing caught, a call of process.exit. After a signal the server closes first, for 8 seconds at most; a second
 * signal does not wait. A kill (SIGKILL) cannot be heard: see `noteRun`.
 */
export const watchEndings = (logger: Logger, launcher: Launcher): Endings => {
  let close = (): Promise<void> => Promise.resolve()
  let said: { at: number } | null = null

  const end = (reason: string): void => {
    if (said) {
      if (performance.now() - said.at < SAME_SIGNAL_MS) return
      logger.warn({ reason }, 'Rushes ends without waiting any longer')
      process.exit(1)
    }
    said = { at: performance.now() }
    logger.info(`Rushes ends: ${reason}`)
    setTimeout(() => {
      logger.warn(`Rushes ends though closing is not done after ${MAX_CLOSE_MS / 1000} seconds`)
      process.exit(1)
    }, MAX_CLOSE_MS).unref()
    close().then(
      () => process.exit(0),
      (error: unknown) => broke(error, 'closing failed'),
    )
  }
  const broke = (error: unknown, reason: string): void => {
    said = { at: performance.now() }
    logger.fatal(error === undefined ? {} : { err: error }, `Rushes ends: ${reason}`)
    process.exit(1)
  }

  for (const [signal, reason] of Object.entries(SIGNALS))
    process.on(signal, () => {
      if (signal === 'SIGHUP' && launcher.isNohup)
        logger.info('The terminal closed; Rushes was started with nohup and stays')
      else end(reason)
    })
  void launcher.gone?.then((reason) => {
    if (!said) end(reason)
  })
  process.on('uncaughtException', (error, origin) =>
    broke(error, origin === 'unhandledRejection' ? 'a rejection that nothing handled' : 'an error that nothing caught'),
  )
  process.on('exit', (code) => {
    if (!said) logger.warn({ code }, `Rushes ends: it left by itself, with code ${code}`)
  })
  return {
    closeWith: (given) => {
      close = given
    },
    cannotStart: (error) => {
      const words = error instanceof Error ? error.message : String(error)
      process.stderr.write(`\n  ${words}\n\n`)
      broke(isSentence(error) ? undefined : error, words)
    },
  }
}
