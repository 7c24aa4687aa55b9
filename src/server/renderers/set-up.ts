import type { Logger } from 'pino'
import { RushesError } from '../../shared/errors.ts'
import type { Renderer } from '../../shared/renderer.ts'
import type { RendererStatus, SettingsAnswer, SettingsRequest } from '../../shared/renderers.ts'
import type { Dialect } from './order/dialect.ts'
import { createOrderRenderer, type OrderRenderer, type OrderRendererOptions } from './order/renderer.ts'
import { changeSettings, settingsOf, tellSettings, type Variable } from './order/settings.ts'
import type { SettingsFile } from './order/settings-file.ts'

/** All renderers of this server, and how they are set. */
export type Renderers = {
  /** In the order in which they are asked whether they are ready for a model. */
  all: readonly Renderer[]
  list: () => RendererStatus[]
  check: (name: string) => Promise<RendererStatus>
  settings: (name: string) => SettingsAnswer
  /** Tests, then saves and uses. Rejects with INVALID_INPUT and saves nothing where they do not work. */
  change: (name: string, request: SettingsRequest) => Promise<SettingsAnswer>
  forget: (name: string) => Promise<SettingsAnswer>
}

export type SetUpOptions = Pick<
  OrderRendererOptions,
  'probe' | 'prepareProbe' | 'pollMs' | 'limits' | 'againMs' | 'patienceMs'
> & {
  local: Renderer
  dialects: readonly Dialect[]
  file: SettingsFile
  variable: Variable
  logger: Logger
  onChange: (status: RendererStatus) => void
  now: () => Date
}

type SetUp = { dialect: Dialect; renderer: OrderRenderer }

/** Makes a renderer of every dialect, set as the environment and the studio say. */
export const setUpRenderers = (options: SetUpOptions): Renderers => {
  const { local, dialects, file, variable, ...about } = options
  const { logger } = about
  const current = (dialect: Dialect) => settingsOf(dialect, variable, file.get(dialect.name))
  const remote = new Map<string, SetUp>(
    dialects.map((dialect) => {
      const renderer = createOrderRenderer(dialect, { ...about, settings: current(dialect) })
      return [dialect.name, { dialect, renderer }] as const
    }),
  )
  const all = [...[...remote.values()].map(({ renderer }) => renderer), local]
  const find = (name: string): Renderer => {
    const found = all.find((renderer) => renderer.name === name)
    if (found) return found
    throw new RushesError('NOT_FOUND', `There is no renderer ${name.slice(0, 40)}.`)
  }
  const findSetUp = (name: string): SetUp => {
    const found = remote.get(find(name).name)
    if (found) return found
    throw new RushesError('NOT_FOUND', 'The local renderer has no settings.')
  }
  const tell = (dialect: Dialect): SettingsAnswer => tellSettings(dialect, variable, file.get(dialect.name))
  const save = async ({ dialect, renderer }: SetUp, kept: ReturnType<SettingsFile['get']>): Promise<SettingsAnswer> => {
    await file.set(dialect.name, kept)
    renderer.configure(current(dialect))
    // Whoever asks next is told how it stands, and not that it is being looked at.
    await renderer.look()
    logger.info({ renderer: dialect.name }, kept ? 'a renderer was set' : 'the settings of a renderer were forgotten')
    return tell(dialect)
  }

  return {
    all,
    list: () => all.map((renderer) => renderer.status()),
    check: (name) => find(name).look(),
    settings: (name) => tell(findSetUp(name).dialect),
    change: async (name, request) => {
      const setUp = findSetUp(name)
      const { dialect, renderer } = setUp
      const kept = changeSettings(dialect, variable, file.get(name), request)
      const reason = await renderer.test(settingsOf(dialect, variable, kept))
      if (reason) throw aboutSetting(dialect, reason)
      return save(setUp, kept)
    },
    forget: (name) => save(findSetUp(name), undefined),
  }
}

/** Why settings do not work, at the one that is to blame. */
const aboutSetting = ({ asks }: Dialect, reason: RushesError): RushesError => {
  const wanted = reason.code === 'INVALID_API_KEY' ? 'key' : 'url'
  const field = asks.includes(wanted) ? wanted : (asks[0] ?? 'url')
  return new RushesError('INVALID_INPUT', reason.message, {
    cause: reason,
    fields: reason.fields ?? { [field]: reason.message },
  })
}
