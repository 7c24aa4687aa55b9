import { z } from 'zod'
import { hashOfCase, pictureCases } from '../../src/engine/testing/pictures.ts'

const cases = new Map(pictureCases().map((one) => [one.name, one]))

process.on('message', (message) => {
  const name = z.string().parse(message)
  const one = cases.get(name)
  if (!one) throw new Error(`There is no case ${name}.`)
  process.send?.({ name, hash: hashOfCase(one) })
})
