import { LEAK_HEADINGS, leakRow } from './compare-leaks.ts'
import { exportRow, stripRow } from './compare-made.ts'
import { PLAY_HEADINGS, playRow } from './compare-play.ts'
import { openCompareRig } from './compare-rig.ts'
import { earlySeekTimes, seekRow, seekRows, seekTimes, stepTimes } from './compare-seek.ts'
import { printTable } from './table.ts'

/** The comparison viewer in a real browser with 720p clips, against its goals. */
export const benchCompare = async (): Promise<void> => {
  const rig = await openCompareRig()
  try {
    const minute = { seconds: 60, keyframes: 25 }
    const slow = await rig.clip({ ...minute, fps: 20, first: 0 })
    const usual = await rig.clip({ ...minute, fps: 25, first: 1300 })
    const quick = await rig.clip({ ...minute, fps: 32, first: 0 })

    printTable('Two sides at 720p for 60 s: no wrong frame, at most 1 % skipped', PLAY_HEADINGS, [
      await playRow(rig, [usual, quick], 60),
      await playRow(rig, [slow, usual], 60),
    ])
    const other = await rig.clip({ fps: 25, seconds: 20, keyframes: 25, first: 3200 })
    printTable('Four sides at 720p for 18 s: each keeps its rate, none skipped', PLAY_HEADINGS, [
      await playRow(rig, [slow, usual, quick, other], 18),
    ])

    const far = [
      await rig.clip({ fps: 25, seconds: 20, keyframes: 250, first: 0 }),
      await rig.clip({ fps: 32, seconds: 20, keyframes: 250, first: 1000 }),
    ]
    const shorter = [other, await rig.clip({ fps: 32, seconds: 20, keyframes: 25, first: 2500 })]
    printTable(
      'Two sides at 720p, from the wish to both frames on the canvas',
      ['what', 'median', 'p95', 'worst', 'goal'],
      [
        ...seekRows('seek, a keyframe every 25, clips of 20 s', await seekTimes(rig, shorter), 'p95 100 ms'),
        ...seekRows('the same, clips of 60 s', await seekTimes(rig, [usual, quick]), 'p95 100 ms'),
        ...seekRows('seek, a keyframe every 250', await seekTimes(rig, far), 'p95 200 ms'),
        // The page makes copies of its own then, of which half are there after five seconds.
        ...seekRows(
          'clips of 60 s before their proxies are made',
          await seekTimes(rig, [usual, quick], false),
          'reported',
        ),
        ...seekRows('in the first second, every 25', await earlySeekTimes(rig, [usual, quick]), 'reported'),
        ...seekRows('in the first second, every 250', await earlySeekTimes(rig, far), 'reported'),
        seekRow('step forward', await stepTimes(rig, [usual, quick], 1), 'median 30 ms'),
        seekRow('step back', await stepTimes(rig, [usual, quick], -1), 'median 30 ms'),
        seekRow('step back, a keyframe every 250', await stepTimes(rig, far, -1), 'reported'),
      ],
    )
    const short = { seconds: 5, keyframes: 25 }
    const [source, edit] = [
      await rig.clip({ ...short, fps: 25, first: 0 }),
      await rig.clip({ ...short, fps: 25, first: 1 }),
    ]
    printTable(
      'Worked out from two sides of 5 s at 720p',
      ['what', 'took', 'made', 'goal'],
      [
        await stripRow(rig, source, edit),
        await exportRow(rig, 'MP4 side by side', [source, edit], { layout: 'side-by-side' }),
        await exportRow(rig, 'WebM moving wipe', [source, edit], { layout: 'moving-wipe', format: 'webm' }),
        await exportRow(rig, 'GIF side by side', [source, edit], { layout: 'side-by-side', format: 'gif' }),
      ],
    )
    printTable('What is left behind: nothing', LEAK_HEADINGS, [await leakRow(rig, [usual, quick])])
  } finally {
    await rig.close()
  }
}
