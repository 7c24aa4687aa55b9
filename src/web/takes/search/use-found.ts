import { useEffect, useMemo, useState } from 'react'
import { type Library, useLibrary } from '../../data/library.ts'
import { useModels } from '../../data/models.ts'
import { useSearch } from '../../state/search.ts'
import { parseSearch } from './parse-search.ts'

/** Milliseconds without a key until what was typed is looked for. */
const TYPED = 200

const useSettled = (text: string): string => {
  const [settled, settle] = useState(text)
  useEffect(() => {
    const soon = setTimeout(() => settle(text), TYPED)
    return () => clearTimeout(soon)
  }, [text])
  // What is taken away or chosen by a press is no typing.
  return text === '' ? '' : settled
}

/** What the library's search finds, and what of it cannot be used. */
export const useFound = (): Library & {
  text: string
  isBin: boolean
  /** Whether it is all of the bin. */
  isWholeBin: boolean
  problems: readonly string[]
} => {
  const text = useSearch((state) => state.query)
  const { list } = useModels()
  const settled = useSettled(text)
  const { query, problems } = useMemo(() => parseSearch(settled, list), [settled, list])
  const isBin = query.binned === true
  const isWholeBin = isBin && Object.values(query).filter((value) => value !== undefined).length === 1
  return { ...useLibrary(query), text, isBin, isWholeBin, problems }
}
