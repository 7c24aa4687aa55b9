// The checks in a page: `?only=name` runs that one. The outcomes become the page's text.
import { runChecks } from './checks.mjs'

/** @param {string} path */
const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer())

const query = new URLSearchParams(location.search)
const outcomes = await runChecks(
  {
    // As a page has it: a path that its own server passes on.
    baseUrl: '/api/decart',
    picture: await bytes('/square.png'),
    pictureUrl: query.get('picture') ?? '',
    clip: await bytes('/clip.mp4'),
  },
  query.has('only') ? query.getAll('only') : null,
)
const shown = document.createElement('pre')
shown.textContent = JSON.stringify(outcomes)
document.body.append(shown)
