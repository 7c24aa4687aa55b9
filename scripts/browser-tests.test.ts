import { expect, it } from 'vitest'
import { flakyIn } from './browser-tests.mjs'

const spec = (line: number, title: string, status: string) => ({ file: 'a.spec.ts', line, title, tests: [{ status }] })

it('names the tests that passed at their second try only, also inside of groups', () => {
  const report = {
    suites: [
      {
        specs: [spec(3, 'a picture', 'expected'), spec(9, 'a clip', 'flaky')],
        suites: [{ specs: [spec(20, 'on a phone', 'flaky'), spec(30, 'in print', 'unexpected')] }],
      },
    ],
  }
  expect(flakyIn(report)).toEqual(['a.spec.ts:9 › a clip', 'a.spec.ts:20 › on a phone'])
})
