import { useEffect, useState } from 'react'

/** An object URL of the blob, borrowed while it is shown and given back after. Undefined until there is one. */
export const useObjectUrl = (blob: Blob | undefined): string | undefined => {
  const [borrowed, setBorrowed] = useState<{ blob: Blob; url: string }>()
  useEffect(() => {
    if (!blob) return
    const url = URL.createObjectURL(blob)
    setBorrowed({ blob, url })
    return () => URL.revokeObjectURL(url)
  }, [blob])
  return borrowed && borrowed.blob === blob ? borrowed.url : undefined
}
