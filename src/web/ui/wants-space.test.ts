// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { wantsSpace } from './wants-space.ts'

const within = (html: string): Element | null => {
  document.body.innerHTML = html
  return document.querySelector('[data-focus]')
}

it.each([
  '<input data-focus>',
  '<input type="checkbox" data-focus>',
  '<input type="radio" data-focus>',
  '<textarea data-focus></textarea>',
  '<select data-focus></select>',
  '<button><span data-focus></span></button>',
  '<a href="/" data-focus></a>',
])('is wanted by %s', (html) => expect(wantsSpace(within(html))).toBe(true))

it.each([
  '<body data-focus></body>',
  '<video data-focus></video>',
  '<input type="range" data-focus>',
  '<input type="radio" checked data-focus>',
  '<button data-yields-space><span data-focus></span></button>',
])('is free on %s', (html) => expect(wantsSpace(within(html))).toBe(false))
