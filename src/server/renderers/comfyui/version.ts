/** A version of ComfyUI. What cannot be read counts as 0.0.0, which can do the least. */
export type Version = readonly [major: number, minor: number, patch: number]

/** Reads `0.3.64`, `v0.38.1` or `0.45.0-rc1`. */
export const versionOf = (text: string | null | undefined): Version => {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text?.trim() ?? '') ?? []
  return [Number(major ?? 0), Number(minor ?? 0), Number(patch ?? 0)]
}

/** Whether a version is that one or a later one. */
export const isAtLeast = (version: Version, other: Version): boolean => {
  for (const [index, part] of version.entries()) {
    const wanted = other[index] ?? 0
    if (part !== wanted) return part > wanted
  }
  return true
}

/** The first versions with what is asked of a server here; earlier ones are asked otherwise, or told that they cannot. */
export const SINCE = {
  /** POST /prompt takes `prompt_id`; before, ids were the server's own. */
  ownIds: [0, 3, 45],
  /** POST /interrupt honours `prompt_id`; before, it stops whatever runs, whosever it is. */
  interruptOne: [0, 3, 57],
  /** GET /api/jobs/{id}. */
  jobs: [0, 6, 0],
  /** POST /api/jobs/{id}/cancel. */
  cancelJob: [0, 26, 0],
} as const satisfies Record<string, Version>
