import { useQueries } from '@tanstack/react-query'
import type { Viewer } from '../../compare/viewer.ts'
import { frameRate } from '../../compare/frames.ts'
import type { SideState } from '../../compare/protocol.ts'
import { useViewer } from '../../compare/ui/use-viewer.ts'
import { fileOptions } from '../../data/files.ts'
import { ParameterTable } from './parameter-table.tsx'
import { filesBehind, type LocalFacts, parameterRows, type Subject } from './parameters.ts'

const factsOf = (side: SideState | undefined): LocalFacts | null => {
  if (side?.name !== 'ready') return null
  const { width, height, kind, end } = side.info
  return { width, height, fps: frameRate(side.info), duration: kind === 'image' ? null : end }
}

/** The table of parameters, with what the viewer knows of files that nobody else has measured. */
export const Parameters = ({
  viewer,
  names,
  subjects,
}: {
  viewer: Viewer
  names: readonly string[]
  subjects: readonly Subject[]
}) => {
  const sides = useViewer(viewer, (state) => state.sides)
  const fileNames = useQueries({
    queries: filesBehind(subjects).map(fileOptions),
    combine: (files) =>
      Object.fromEntries(files.flatMap(({ data }) => (data ? [[data.id, data.filename ?? data.id]] : []))),
  })
  const measured = subjects.map((subject, side) =>
    subject.kind === 'local' ? { ...subject, facts: factsOf(sides[side]) } : subject,
  )
  return <ParameterTable names={names} rows={parameterRows(measured, fileNames)} />
}
