import { describe, expect, it } from 'vitest'
import { regionOf } from './region.ts'

const size = (width: number, height: number) => ({ width, height })
const whole = (width: number, height: number) => ({ x: 0, y: 0, width, height })

describe('what of two pictures is compared', () => {
  it('is all of two alike, at most 320x180, in whole cells', () => {
    const region = regionOf(size(1280, 720), size(1920, 1080), 'fit')
    expect(region).toEqual({ reference: whole(1280, 720), other: whole(1920, 1080), size: size(320, 180) })
    expect(regionOf(size(720, 1280), size(720, 1280), 'fit').size).toEqual(size(180, 320))
    expect(regionOf(size(832, 480), size(832, 480), 'fit').size).toEqual(size(312, 180))
    expect(regionOf(size(100, 50), size(100, 50), 'fit').size).toEqual(size(100, 52))
    expect(regionOf(size(2, 2), size(2, 2), 'fit').size).toEqual(size(8, 8))
  })

  it('leaves out the bars of one that does not cover the reference', () => {
    const { reference, other } = regionOf(size(1280, 720), size(720, 720), 'fit')
    expect(reference).toEqual({ x: 280, y: 0, width: 720, height: 720 })
    expect(other).toEqual(whole(720, 720))
  })

  it('leaves out what is cut off of one that fills the reference', () => {
    const { reference, other } = regionOf(size(1280, 720), size(720, 720), 'fill')
    expect(reference).toEqual(whole(1280, 720))
    expect(other).toEqual({ x: 0, y: 157.5, width: 720, height: 405 })
  })

  it('is pixel for pixel what lies over each other', () => {
    const smaller = regionOf(size(1280, 720), size(640, 720), 'one')
    expect(smaller.reference).toEqual({ x: 320, y: 0, width: 640, height: 720 })
    expect(smaller.other).toEqual(whole(640, 720))
    const larger = regionOf(size(640, 720), size(1280, 360), 'one')
    expect(larger.reference).toEqual({ x: 0, y: 180, width: 640, height: 360 })
    expect(larger.other).toEqual({ x: 320, y: 0, width: 640, height: 360 })
  })
})
