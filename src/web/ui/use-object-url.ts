import { useCallback, useSyncExternalStore } from 'react'

type Loan = { url: string; borrowers: number }
const loans = new Map<Blob, Loan>()

const giveBack = (blob: Blob, loan: Loan) => {
  loan.borrowers -= 1
  if (loan.borrowers > 0) return
  loans.delete(blob)
  URL.revokeObjectURL(loan.url)
}

/** An object URL of the blob, borrowed while it is shown and given back after. Undefined before the first paint. */
export const useObjectUrl = (blob: Blob | undefined): string | undefined => {
  const borrow = useCallback(
    (changed: () => void) => {
      if (!blob) return () => {}
      const loan = loans.get(blob) ?? { url: URL.createObjectURL(blob), borrowers: 0 }
      loan.borrowers += 1
      loans.set(blob, loan)
      changed()
      return () => giveBack(blob, loan)
    },
    [blob],
  )
  return useSyncExternalStore(borrow, () => (blob ? loans.get(blob)?.url : undefined))
}
