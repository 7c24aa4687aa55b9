// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { payloadOf, wordsIn } from './payload.ts'

type Held = { text?: string; html?: string; uris?: string; files?: File[]; folder?: string }

/** What a browser hands over: jsdom has no DataTransfer. */
const carrier = ({ text = '', html = '', uris = '', files = [], folder }: Held) => {
  const data: Record<string, string> = { 'text/plain': text, 'text/html': html, 'text/uri-list': uris }
  const entry = folder === undefined ? null : { isDirectory: true, name: folder }
  return {
    files: files as unknown as FileList,
    items: (entry ? [{ kind: 'file', webkitGetAsEntry: () => entry }] : []) as unknown as DataTransferItemList,
    getData: (type: string) => data[type] ?? '',
  }
}
const picture = new File(['pixels'], 'fox.png', { type: 'image/png' })
const PNG = 'data:image/png;base64,iVBORw=='

describe('payloadOf', () => {
  it.each<[string, Held, object]>([
    ['files of the desktop', { files: [picture] }, { kind: 'files', files: [picture] }],
    [
      'a folder',
      { files: [new File([], 'shots')], folder: 'shots' },
      { kind: 'folder', name: 'shots', entries: [{ isDirectory: true, name: 'shots' }] },
    ],
    [
      'the pixels of a picture that comes with its address',
      { files: [picture], html: '<img src="https://a.b/fox.png">', uris: 'https://a.b/fox.png' },
      { kind: 'files', files: [picture] },
    ],
    [
      'the address of a picture, not of what it links to',
      {
        html: '<meta charset="utf-8"><a href="https://a.b/page"><img src="https://a.b/fox.png"></a>',
        uris: 'https://a.b/page',
      },
      { kind: 'address', url: 'https://a.b/fox.png' },
    ],
    ['a picture inside of its address', { html: `<img src="${PNG}">` }, { kind: 'address', url: PNG }],
    [
      'one in several lines',
      { text: 'data:image/png;base64,\niVBO\nRw==' },
      { kind: 'address', url: 'data:image/png;base64,\niVBO\nRw==' },
    ],
    [
      'a link',
      { uris: '# a comment\r\nhttps://a.b/c.mp4\r\nhttps://d.e/f.mp4' },
      { kind: 'address', url: 'https://a.b/c.mp4' },
    ],
    ['an address as text', { text: ' https://a.b/c.png\n' }, { kind: 'address', url: 'https://a.b/c.png' }],
    [
      'words around a picture',
      { text: 'A fox', html: '<p>A fox <img src="https://a.b/fox.png"></p>' },
      { kind: 'text' },
    ],
    ['words with an address', { text: 'see https://a.b/c.png' }, { kind: 'text' }],
    ['a file of the desktop by its path', { uris: 'file:///home/fox.png' }, { kind: 'nothing' }],
    ['nothing', {}, { kind: 'nothing' }],
  ])('finds %s', (_, held, payload) => expect(payloadOf(carrier(held))).toEqual(payload))

  it('takes the file that this server has, not the still of it that was seen', () => {
    const url = `${location.origin}/v1/files/file_1/thumbnail`
    expect(payloadOf(carrier({ files: [picture], html: `<img src="${url}">`, uris: url }))).toEqual({
      kind: 'address',
      url,
    })
  })
})

describe('wordsIn', () => {
  it.each<[string, Held, string]>([
    ['text beside a picture of it', { text: 'a\tb', html: '<table></table>', files: [picture] }, 'a\tb'],
    ['the address of a page', { text: 'https://a.b', uris: 'https://a.b' }, 'https://a.b'],
    ['not the name or the path of a file', { text: '/home/fox.png', files: [picture] }, ''],
    ['not a picture in letters', { text: ` ${PNG}`, html: `<img src="${PNG}">` }, ''],
    ['none', { files: [picture] }, ''],
  ])('are %s', (_, held, words) => {
    expect([wordsIn(carrier(held), 'pasted'), wordsIn(carrier(held), 'dropped')]).toEqual([words, words])
  })

  it('are not the address that a dragged picture brings, unless it was copied', () => {
    const held = { text: 'https://a.b/fox.png', html: '<img src="https://a.b/fox.png">' }
    expect([wordsIn(carrier(held), 'dropped'), wordsIn(carrier(held), 'pasted')]).toEqual(['', held.text])
  })
})
