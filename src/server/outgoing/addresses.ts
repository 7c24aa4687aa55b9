/** What a setting lists, as addresses or names, with commas or spaces between. */
export const partsIn = (text: string): string[] => text.split(/[\s,]+/).filter((part) => part !== '')

/** Whether a text is an http(s) address. */
export const isHttpAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

/** An address without a scheme is one of http: people write `render-box:8188`. */
export const withScheme = (text: string): string => (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`)
