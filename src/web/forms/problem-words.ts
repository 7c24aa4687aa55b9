/** `Prompt is required.` from a field's title and what is wrong with it, the end of a sentence. */
export const asSentence = (title: string, problem: string): string => {
  const whole = /^[A-Z]/.test(problem) ? problem : `${title} ${problem}`
  return /[.!?]$/.test(whole) ? whole : `${whole}.`
}

/** The server's complaint about a field begins with the field's name, which the form shows as a title instead. */
export const withoutName = (name: string, problem: string): string =>
  problem.startsWith(`${name} `) || problem.startsWith(`${name}: `)
    ? problem.slice(name.length + 1).trimStart()
    : problem
