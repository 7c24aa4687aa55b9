import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { workflowGraph, workflowPieces } from '../testing/workflow-pieces.ts'
import { makeWorkflow } from './make-workflow.ts'
import { createWorkflowStore } from './workflow-store.ts'

let folder: string
beforeEach(() => (folder = join(mkdtempSync(join(tmpdir(), 'rushes-')), 'workflows')))
afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

const workflow = (name: string) =>
  makeWorkflow(
    { found: { form: 'api', graph: workflowGraph('text-to-image'), editor: null }, name },
    workflowPieces().nodes,
    {},
    new Date('2026-01-02T03:04:05Z'),
  ).workflow

it('keeps each in a readable file of its own, which a restart finds', async () => {
  const store = createWorkflowStore({ folder })
  expect(store.list()).toEqual([])
  const kept = await Promise.all(['Fog & Sea', 'fog sea!', 'Ärger', '☀'].map((name) => store.add(workflow(name))))
  expect(kept.map(({ slug }) => slug)).toEqual(['fog-sea', 'fog-sea-2', 'arger', 'untitled'])
  expect(readdirSync(folder).toSorted()).toEqual(['arger.json', 'fog-sea-2.json', 'fog-sea.json', 'untitled.json'])
  expect(readFileSync(join(folder, 'fog-sea.json'), 'utf8')).toContain('\n  "name": "Fog & Sea",\n')
  expect(createWorkflowStore({ folder }).list()).toEqual(store.list())
})

it('changes and forgets, and tells what is not there', async () => {
  const store = createWorkflowStore({ folder })
  const { slug, ...before } = await store.add(workflow('Fog'))
  await store.update(slug, { ...before, name: 'Mist' })
  expect(createWorkflowStore({ folder }).get('fog')?.name).toBe('Mist')
  expect(await store.remove('fog')).toBe(true)
  expect(readdirSync(folder)).toEqual([])
  expect([await store.remove('fog'), await store.update('fog', before)]).toEqual([false, null])
})

it('names damaged files, leaves them alone, and never gives their names to others', async () => {
  const good = createWorkflowStore({ folder })
  await good.add(workflow('Fog'))
  const text = readFileSync(join(folder, 'fog.json'), 'utf8')
  writeFileSync(join(folder, 'half.json'), text.slice(0, 300))
  writeFileSync(join(folder, 'other.json'), '{"format":2}')
  writeFileSync(join(folder, 'Odd Name.json'), text)
  writeFileSync(join(folder, 'lost.json'), text.replace('"samples": [', '"samples": ["77", 0], "x": ['))
  const store = createWorkflowStore({ folder })
  expect(store.list().map(({ slug }) => slug)).toEqual(['fog'])
  expect(
    store
      .unreadable()
      .map(({ file, reason }) => `${file} ${reason}`)
      .toSorted(),
  ).toEqual([
    'Odd Name.json has a name that no workflow has',
    'half.json is no whole JSON',
    expect.stringContaining('lost.json has a graph that cannot run: Node 8 (VAEDecode) takes its input samples'),
    expect.stringContaining('other.json is no workflow of this version of Rushes'),
  ])
  expect((await store.add(workflow('Half'))).slug).toBe('half-2')
  expect(readFileSync(join(folder, 'half.json'), 'utf8')).toBe(text.slice(0, 300))
})
