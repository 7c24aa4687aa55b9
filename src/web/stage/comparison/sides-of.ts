import { fileSide, resultSide, type Side } from '../sides.ts'
import type { Subject } from './parameters.ts'

/** A thing to compare that was found. The key tells it apart. */
export type FoundSubject = { key: string; subject: Subject }

/** A thing to compare as a side; `fetched` are the results that this page holds, by job. */
export const sideOf = ({ key, subject }: FoundSubject, fetched: ReadonlyMap<string, Blob>): Side | undefined => {
  if (subject.kind === 'file') return fileSide(subject.file, '')
  if (subject.kind === 'take') return resultSide(subject.take, fetched.get(subject.take.jobId ?? ''))
  const kind = subject.file.type.startsWith('image/') ? 'image' : 'video'
  return {
    source: { id: key, media: { kind: 'blob', blob: subject.file }, preview: null, proxy: null, poster: null },
    name: '',
    kind,
  }
}

/** Whether something of it moves. */
export const hasClip = (found: readonly FoundSubject[]): boolean =>
  found.some((each) => sideOf(each, new Map())?.kind === 'video')
