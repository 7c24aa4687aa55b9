/** What the controls show. Seconds. */
export type TransportState = { playing: boolean; time: number; duration: number }

export type Transport = {
  /** Takes a video in: the leader tells the time, the others follow it. Returns the letting go. */
  attach: (role: 'leader' | 'follower', video: HTMLVideoElement) => () => void
  subscribe: (changed: () => void) => () => void
  state: () => TransportState
  play: () => void
  pause: () => void
  seek: (seconds: number) => void
  setLoop: (loop: boolean) => void
  setMuted: (muted: boolean) => void
}

/** A follower this far off is put right at once; one that is nearer is let run a little faster or slower. Seconds. */
const JUMP = 0.25
const CLOSE = 0.015

/** By how much a follower's rate changes to make up for its drift. Positive drift is ahead. */
export const rateFor = (drift: number): number =>
  Math.abs(drift) < CLOSE ? 1 : 1 - Math.max(-0.15, Math.min(0.15, drift))

const startQuietly = (video: HTMLVideoElement) => {
  // A play that a pause or a removal overtakes rejects; the state then says so by itself.
  video.play().catch(() => undefined)
}

/** Plays one video, or several in step as well as `<video>` elements can. `autoplay` starts the first one by itself. */
export const createTransport = (autoplay: boolean): Transport => {
  let leader: HTMLVideoElement | undefined
  const followers = new Set<HTMLVideoElement>()
  const listeners = new Set<() => void>()
  let state: TransportState = { playing: false, time: 0, duration: 0 }
  let wanted: number | undefined
  let loop = true
  let muted = true
  let frame = 0
  // What a new leader takes over from the one before, as when the way of comparing changes.
  let inherited = { time: 0, playing: autoplay }

  const publish = () => {
    const next = {
      playing: leader !== undefined && !leader.paused && !leader.ended,
      time: wanted ?? leader?.currentTime ?? 0,
      duration: Number.isFinite(leader?.duration) ? (leader?.duration ?? 0) : 0,
    }
    if (next.playing === state.playing && next.time === state.time && next.duration === state.duration) return
    state = next
    for (const listener of listeners) listener()
  }

  const all = () => (leader ? [leader, ...followers] : [...followers])
  const within = (video: HTMLVideoElement, seconds: number) =>
    Number.isFinite(video.duration) ? Math.min(seconds, Math.max(0, video.duration - 0.001)) : seconds

  const align = () => {
    if (!leader) return
    for (const video of followers) {
      if (video.readyState < 2 || video.seeking) continue
      const target = within(video, leader.currentTime)
      const drift = video.currentTime - target
      if (Math.abs(drift) > JUMP) video.currentTime = target
      else video.playbackRate = rateFor(drift)
      if (video.paused && !video.ended && target < video.duration - 0.05) startQuietly(video)
    }
  }

  const tick = () => {
    publish()
    if (!state.playing) return
    align()
    frame = requestAnimationFrame(tick)
  }

  const seekNow = () => {
    if (wanted === undefined || !leader || leader.seeking) return
    const target = wanted
    wanted = undefined
    for (const video of all()) video.currentTime = within(video, target)
  }

  const transport: Transport = {
    attach: (role, video) => {
      if (role === 'leader') leader = video
      else followers.add(video)
      video.muted = muted || role === 'follower'
      const takeOver = () => {
        if (role === 'follower') {
          if (leader) video.currentTime = within(video, leader.currentTime)
          if (state.playing) startQuietly(video)
          return
        }
        if (inherited.time > 0) video.currentTime = within(video, inherited.time)
        if (inherited.playing) transport.play()
      }
      const ended = () => {
        if (video !== leader) return
        if (loop) {
          for (const each of all()) each.currentTime = 0
          transport.play()
        } else transport.pause()
      }
      const events = {
        loadedmetadata: takeOver,
        play: tick,
        pause: publish,
        ended,
        timeupdate: publish,
        durationchange: publish,
        // Seeks that came in while one was under way are answered by one more, to the last of them.
        seeked: () => {
          seekNow()
          publish()
        },
      }
      for (const [name, listener] of Object.entries(events)) video.addEventListener(name, listener)
      if (video.readyState > 0) takeOver()
      publish()
      return () => {
        for (const [name, listener] of Object.entries(events)) video.removeEventListener(name, listener)
        followers.delete(video)
        if (leader === video) {
          // One that never got as far as showing anything passes on what it was left.
          if (video.readyState > 0) inherited = { time: video.currentTime, playing: !video.paused }
          leader = undefined
          wanted = undefined
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
    play: () => {
      if (!leader) return
      for (const video of followers) video.currentTime = within(video, leader.ended ? 0 : leader.currentTime)
      for (const video of all()) startQuietly(video)
    },
    pause: () => {
      for (const video of all()) video.pause()
      if (leader) transport.seek(leader.currentTime)
    },
    seek: (seconds) => {
      wanted = Math.max(0, seconds)
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
  return transport
}
