import type { CompareMode } from '../state/studio.ts'
import { Fitted, SideLabel } from './fitted.tsx'
import { MediaView } from './media-view.tsx'
import { SideBySide } from './side-by-side.tsx'
import type { Side } from './side.ts'
import type { Transport } from './transport.ts'
import { Wipe } from './wipe.tsx'

/** Which side tells the time: the result, unless only the source moves. */
export const leaderOf = (result: Side, source: Side | undefined): 'source' | 'result' =>
  result.kind === 'image' && source?.kind === 'video' ? 'source' : 'result'

export const Viewer = ({
  mode,
  source,
  result,
  transport,
}: {
  mode: CompareMode
  source: Side | undefined
  result: Side
  transport: Transport
}) => {
  const leads = leaderOf(result, source)
  const leading = leads === 'source' && mode !== 'single' ? source : result
  const onToggle = leading?.kind === 'video' ? transport.toggle : undefined
  if (!source || mode === 'single')
    return (
      <Fitted width={result.width} height={result.height}>
        <MediaView key={result.urls[0]} side={result} transport={transport} part="leader" onClick={onToggle} />
        <SideLabel at="left" side={result} />
      </Fitted>
    )
  if (mode === 'wipe') return <Wipe key={result.urls[0]} {...{ source, result, transport, leads, onToggle }} />
  return <SideBySide {...{ source, result, transport, leads, onToggle }} />
}
