// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { later } from './later.tsx'

afterEach(cleanup)

const Greeting = ({ name }: { name: string }) => <p>Hello {name}</p>

it('keeps the place until its code has come', async () => {
  const Later = later<{ name: string }>(
    () => Promise.resolve(Greeting),
    ({ name }) => <p>{name} is coming</p>,
  )
  render(<Later name="Ada" />)
  expect(screen.getByText('Ada is coming')).toBeTruthy()
  expect(await screen.findByText('Hello Ada')).toBeTruthy()
})

it('is there at once where it was loaded before', async () => {
  const Later = later<{ name: string }>(() => Promise.resolve(Greeting))
  await Later.load()
  render(<Later name="Ada" />)
  expect(screen.getByText('Hello Ada')).toBeTruthy()
})

it('can be loaded once more after the server was away', async () => {
  let away = true
  const Later = later<{ name: string }>(() => (away ? Promise.reject(new Error('away')) : Promise.resolve(Greeting)))
  await expect(Later.load()).rejects.toThrow('away')
  away = false
  await Later.load()
  render(<Later name="Ada" />)
  expect(screen.getByText('Hello Ada')).toBeTruthy()
})
