// Everything here runs in the page of the console: each function is sent there as its own text, and they share `window`.

interface Watched {
  scrolled: HTMLElement
  /** After the next frame is painted. */
  painted(): Promise<void>
  /** Whether a row in view says nothing of its instance, as painted. */
  isBlank(): boolean
  /** Whether all rows in view are whole. */
  isWhole(): boolean
  /** Scrolls frame by frame to where it is told by how many were painted, in how many milliseconds, until it is told nowhere, and says what was painted. */
  follow(next: (frames: number, passed: number) => number | undefined): Promise<Painted>
}

interface Painted {
  frames: number
  meanFrameMs: number
  worstFrameMs: number
  blankFrames: number
  longestBlankMs: number
}

/** Lays down how rows are looked at. */
export function watchRows(): void {
  const inView = () => {
    const box = (window as unknown as Watched).scrolled.getBoundingClientRect()
    const rows = [...document.querySelectorAll<HTMLElement>('[role="row"][row-index]')]
    const height = rows[0]?.offsetHeight ?? 32
    const shown = rows.filter(row => {
      const { top, bottom } = row.getBoundingClientRect()
      return bottom > box.top + height && top < box.bottom - height
    })
    return { shown, fits: Math.floor(box.height / height) - 3 }
  }
  Object.assign(window, {
    painted: () =>
      new Promise<void>(settle => {
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => settle()
          port2.postMessage(null)
        })
      }),
    isBlank: () => {
      const { shown, fits } = inView()
      return shown.length < fits || shown.some(row => !/\d[.:]/.test(row.textContent ?? ''))
    },
    isWhole: () => {
      const { shown, fits } = inView()
      return shown.length >= fits && shown.every(row => row.querySelectorAll('[role="gridcell"]').length > 4)
    },
    follow: async (next: Parameters<Watched['follow']>[0]): Promise<Painted> => {
      const { scrolled, painted, isBlank } = window as unknown as Watched
      const started = performance.now()
      let [longest, since, frames, blankFrames, worstFrame, last] = [0, 0, 0, 0, 0, started]
      for (;;) {
        const top = next(frames, performance.now() - started)
        if (top === undefined) break
        scrolled.scrollTop = top
        await painted()
        const now = performance.now()
        frames++
        worstFrame = Math.max(worstFrame, now - last)
        if (isBlank()) {
          blankFrames++
          since ||= last
          longest = Math.max(longest, now - since)
        } else since = 0
        last = now
      }
      return {
        frames,
        meanFrameMs: Math.round((last - started) / frames),
        worstFrameMs: Math.round(worstFrame),
        blankFrames,
        longestBlankMs: Math.round(longest),
      }
    },
  })
}

/** Of the grid's boxes, the one that really scrolls. Returns how many rows there are. */
export function findScrolled(): number {
  const boxes = [...document.querySelectorAll<HTMLElement>('section *')]
  const scrolled = boxes.find(box => {
    if (box.scrollHeight < box.clientHeight + 1000) return false
    box.scrollTop = 100
    const isIt = box.scrollTop > 0
    box.scrollTop = 0
    return isIt
  })
  if (scrolled === undefined) throw new Error('nothing scrolls')
  Object.assign(window, { scrolled })
  const row = document.querySelector<HTMLElement>('[role="row"][row-index]')
  return Math.round(scrolled.scrollHeight / (row?.offsetHeight ?? 32))
}

/** To so many places in turn, as somebody who drags the bar and stops to look: how long until rows at each say something, and until they are whole. */
export async function jumpThrough(stops: number) {
  const { scrolled, painted, isBlank, isWhole } = window as unknown as Watched
  const [blankMs, wholeMs]: [number[], number[]] = [[], []]
  for (let stop = 1; stop <= stops; stop++) {
    scrolled.scrollTop = (scrolled.scrollHeight * ((stop * 61) % stops)) / stops
    const started = performance.now()
    let [blank, whole] = [0, 0]
    // What was asked for late is waited for, too.
    for (let quiet = 0; quiet < 6; quiet++) {
      await painted()
      const passed = performance.now() - started
      if (isBlank()) blank = passed
      if (!isWhole()) {
        whole = passed
        quiet = 0
      }
    }
    blankMs.push(blank)
    wholeMs.push(whole)
  }
  return { stops, blankMs, wholeMs }
}

/** So many frames of a fast wheel, 100 pixels each. */
export async function turnWheel(frames: number) {
  const { scrolled, isWhole, follow } = window as unknown as Watched
  scrolled.scrollTop = 0
  await new Promise(settle => setTimeout(settle, 1000))
  let framesNotWhole = 0
  const painted = await follow(count => {
    if (count > 0 && !isWhole()) framesNotWhole++
    return count < frames ? scrolled.scrollTop + 100 : undefined
  })
  return { ...painted, framesNotWhole }
}

/** From the first row to the last without a stop. */
export async function dragThrough(milliseconds: number) {
  const { scrolled, painted, follow } = window as unknown as Watched
  scrolled.scrollTop = 0
  await painted()
  return follow((_, passed) =>
    passed < milliseconds
      ? (passed / milliseconds) * (scrolled.scrollHeight - scrolled.clientHeight)
      : undefined,
  )
}
