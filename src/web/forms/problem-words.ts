/** `Prompt is required.` from a field's title and what is wrong with it, the end of a sentence. */
export const asSentence = (title: string, problem: string): string => {
  const whole = /^[A-Z]/.test(problem) ? problem : `${title} ${problem}`
  return /[.!?]$/.test(whole) ? whole : `${whole}.`
}
