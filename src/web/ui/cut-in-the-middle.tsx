/** Letters that always stay at the end: of file names the number and the ending, by which versions differ. */
const TAIL = 10
/** A name no longer than this is not cut in the middle: of what is left nobody could read anything. */
const SHORT = 20

/** A name on one line. Where it has no room it is cut in the middle: long names that begin alike differ at their ends. */
export const CutInTheMiddle = ({ name }: { name: string }) => {
  const letters = [...name]
  if (letters.length <= SHORT) return <span className="verbatim truncate">{name}</span>
  return (
    <span className="verbatim flex min-w-0 whitespace-pre">
      <span className="truncate">{letters.slice(0, -TAIL).join('')}</span>
      <span>{letters.slice(-TAIL).join('')}</span>
    </span>
  )
}
