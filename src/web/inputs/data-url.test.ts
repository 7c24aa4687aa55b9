import { describe, expect, it } from 'vitest'
import { fileOfDataUrl, isDataUrl } from './data-url.ts'

describe('a data: address', () => {
  it.each([
    ['data:image/png;base64,iVBORw==', 'Pasted picture.png', 'image/png', [0x89, 0x50, 0x4e, 0x47]],
    ['DATA:image/JPEG;base64,/9j%2F', 'Pasted picture.jpg', 'image/jpeg', [0xff, 0xd8, 0xff]],
    ['data:image/svg+xml,%3Csvg%3E', 'Pasted picture.svg', 'image/svg+xml', [...Buffer.from('<svg>')]],
    ['data:video/mp4;codecs=avc1;base64,AAAA', 'Pasted picture.mp4', 'video/mp4', [0, 0, 0]],
  ])('holds the file of %s', async (url, name, type, bytes) => {
    const file = fileOfDataUrl(url, 'Pasted picture')
    expect([file?.name, file?.type]).toEqual([name, type])
    expect([...new Uint8Array((await file?.arrayBuffer()) ?? [])]).toEqual(bytes)
  })

  it.each(['data:text/html,<b>hi</b>', 'data:,words', 'data:image/png;base64,no*base64', 'data:image/png,%E0%A4%A'])(
    'holds none in %s',
    (url) => expect(fileOfDataUrl(url, 'x')).toBeNull(),
  )

  it('is told from words that begin like one', () => {
    expect(['data:image/png;base64,AA', 'data:,', 'data: a fox, running', 'My data:x,y'].map(isDataUrl)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
