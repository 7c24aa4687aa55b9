/** Whether a dialog stands over the page: then keys, drops and what is pasted are not meant for what lies beneath. */
export const isBehindModal = (): boolean => document.querySelector('dialog[open]') !== null
