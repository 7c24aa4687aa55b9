/** What the controls show. Seconds. */
export type TransportState = { playing: boolean; time: number; duration: number }

export type Transport = {
  /** Takes a video in: the leader tells the time, the others follow it. Returns the letting go. */
  attach: (role: 'leader' | 'follower', video: HTMLVideoElement) => () => void
  subscribe: (changed: () => void) => () => void
  state: () => TransportState
  play: () => void
  pause: () => void
  /** Plays what stands still, and the other way round. */
  toggle: () => void
  seek: (seconds: number) => void
  setLoop: (loop: boolean) => void
  setMuted: (muted: boolean) => void
}

/** A follower that is further off than this stops all until it has caught up. Seconds. */
const FAR = 0.2
/** One that is nearer than this is in step, as well as `<video>` elements can be. */
const NEAR = 0.015
/** All start together once each holds its frame; one that does not get there is not waited for longer. Milliseconds. */
const PATIENCE = 2000

/** By how much a follower's rate changes to make up for its drift. Positive drift is ahead. */
export const rateFor = (drift: number): number =>
  Math.abs(drift) < NEAR ? 1 : 1 - Math.max(-0.15, Math.min(0.15, drift))

const holdsItsFrame = (video: HTMLVideoElement) => video.readyState >= 2 && !video.seeking
const within = (video: HTMLVideoElement, seconds: number) =>
  Number.isFinite(video.duration) ? Math.max(0, Math.min(seconds, video.duration - 0.001)) : seconds

/** Plays one video, or several in step as well as `<video>` elements can. `autoplay` starts the first one by itself. */
export const createTransport = (autoplay: boolean): Transport => {
  let leader: HTMLVideoElement | undefined
  const followers = new Set<HTMLVideoElement>()
  const listeners = new Set<() => void>()
  let state: TransportState = { playing: false, time: 0, duration: 0 }
  // What was asked for; the videos themselves may be stopped meanwhile, waiting for each other.
  let playing = autoplay
  let waitingSince: number | undefined
  let sought: number | undefined
  // What a new leader takes over from the one before, as when the way of comparing changes.
  let inherited = 0
  let loop = true
  let muted = true
  let frame = 0

  const all = () => (leader ? [leader, ...followers] : [...followers])

  const publish = () => {
    const next = {
      playing: playing && leader !== undefined,
      time: sought ?? leader?.currentTime ?? inherited,
      duration: leader && Number.isFinite(leader.duration) ? leader.duration : 0,
    }
    if (next.playing === state.playing && next.time === state.time && next.duration === state.duration) return
    state = next
    for (const listener of listeners) listener()
  }

  const start = (video: HTMLVideoElement) =>
    // A play that a pause or a removal overtakes rejects as well; only a refusal by the browser ends the playing.
    void video.play().catch((error: unknown) => {
      if (!(error instanceof Error && error.name === 'NotAllowedError') || video !== leader) return
      playing = false
      publish()
    })

  /** Stops all until everyone holds its frame. */
  const wait = () => {
    waitingSince = performance.now()
    for (const video of all()) video.pause()
  }

  const bring = (video: HTMLVideoElement, seconds: number) => {
    const target = within(video, seconds)
    if (Math.abs(video.currentTime - target) > NEAR) video.currentTime = target
  }

  const keepInStep = (time: number) => {
    for (const video of followers) {
      const drift = video.currentTime - within(video, time)
      if (Math.abs(drift) > FAR) {
        wait()
        bring(video, time)
      } else video.playbackRate = rateFor(drift)
    }
  }

  const tick = () => {
    publish()
    if (!playing || !leader) return
    if (waitingSince === undefined) keepInStep(leader.currentTime)
    else if (all().every(holdsItsFrame) || performance.now() - waitingSince > PATIENCE) {
      waitingSince = undefined
      const time = leader.currentTime
      start(leader)
      // A shorter follower stays on its last frame.
      for (const video of followers) if (time < video.duration - 0.05) start(video)
    }
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(tick)
  }

  const seekNow = () => {
    if (sought === undefined || !leader || leader.seeking) return
    const target = sought
    sought = undefined
    if (playing) wait()
    for (const video of all()) video.currentTime = within(video, target)
  }

  const play = () => {
    playing = true
    if (leader) {
      if (leader.ended) leader.currentTime = 0
      for (const video of followers) bring(video, leader.currentTime)
      wait()
    }
    tick()
  }

  const pause = () => {
    playing = false
    waitingSince = undefined
    for (const video of all()) video.pause()
    if (leader) for (const video of followers) bring(video, leader.currentTime)
    publish()
  }

  const ended = () => {
    if (!loop) return pause()
    for (const video of all()) video.currentTime = 0
    wait()
    tick()
  }

  return {
    attach: (role, video) => {
      const leads = role === 'leader'
      if (leads) leader = video
      else followers.add(video)
      video.muted = muted || !leads
      const join = () => {
        bring(video, leads ? inherited : (leader?.currentTime ?? inherited))
        if (playing) play()
      }
      const events: Partial<Record<keyof HTMLMediaElementEventMap, () => void>> = {
        loadedmetadata: join,
        // Seeks that came in while one was under way are answered by one more, to the last of them.
        seeked: () => {
          seekNow()
          publish()
        },
        ...(leads && {
          ended,
          timeupdate: publish,
          durationchange: publish,
          // By the keys of a keyboard or a headset: whatever we stop ourselves is waiting or no longer playing.
          pause: () => {
            if (playing && waitingSince === undefined && video.paused && !video.ended) pause()
          },
        }),
      }
      for (const [name, listener] of Object.entries(events)) video.addEventListener(name, listener)
      if (video.readyState > 0) join()
      publish()
      return () => {
        for (const [name, listener] of Object.entries(events)) video.removeEventListener(name, listener)
        followers.delete(video)
        if (leader === video) {
          // One that never got as far as showing anything passes on what it was left.
          if (video.readyState > 0) inherited = sought ?? video.currentTime
          leader = undefined
          sought = undefined
          cancelAnimationFrame(frame)
        }
        publish()
      }
    },
    subscribe: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    state: () => state,
    play,
    pause,
    toggle: () => (playing && leader ? pause() : play()),
    seek: (seconds) => {
      sought = Math.max(0, seconds)
      seekNow()
      publish()
    },
    setLoop: (on) => {
      loop = on
    },
    setMuted: (on) => {
      muted = on
      if (leader) leader.muted = on
    },
  }
}
