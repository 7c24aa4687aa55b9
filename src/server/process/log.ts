import { type Logger, pino } from 'pino'

/**
 * The log of a server process: JSON lines on standard output, written before the call returns, so that the last one is
 * there whatever ends the process. It outlives its reader: a terminal that closed, or `| head`, ends no server.
 */
export const createLog = (): Logger => {
  const output = pino.destination({ dest: 1, sync: true })
  output.on('error', () => {
    output.write = () => true
  })
  return pino(output)
}
