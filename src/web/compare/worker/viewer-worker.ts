import type { Command, Report } from '../protocol.ts'
import { createPlayer } from './player.ts'

// The page and this file are built together: their messages are typed at both ends by protocol.ts.
const report = (message: Report) => postMessage(message)

let player: ReturnType<typeof createPlayer> | undefined

const handle = async (command: Command): Promise<void> => {
  switch (command.name) {
    case 'open':
      player = createPlayer(command.canvas, command.sources, command, report)
      return
    case 'view':
      return player?.setView(command.view, command.viewport)
    case 'play':
      return player?.play(command.rate, command.order)
    case 'pause':
      return player?.pause(command.order)
    case 'seek':
      return player?.seek(command.time, command.order)
    case 'loop':
      return player?.setLoop(command.loop, command.range)
    case 'offset':
      return player?.setOffset(command.side, command.seconds)
    case 'heat':
      return player?.setHeat(command.map)
    case 'hidden':
      return player?.setHidden(command.hidden)
    case 'close':
      report({ name: 'closed', openFrames: (await player?.close()) ?? 0 })
      return
    default:
      command satisfies never
  }
}

addEventListener('message', ({ data }: MessageEvent<Command>) => void handle(data))
