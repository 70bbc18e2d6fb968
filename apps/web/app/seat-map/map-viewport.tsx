import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type House, pitch } from './geometry.ts'

/** At this distance between seats a fingertip meets one seat only. */
const fingertip = 44
const closest = 72
const widestPitch = 46

type Words = { closer: string; further: string; whole: string; controls: string; area: string }
type Props = { house: House; words: Words; children: ReactNode }
type Anchor = { x: number; y: number; ratio: number }

/** A window onto the map. The browser scrolls it; buttons, pinching, ctrl + wheel and + − 0 change how close it is. */
export function MapViewport({ house, words, children }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const [zoom, setZoom] = useState(1)
  const [seatPixels, setSeatPixels] = useState(pitch)
  const anchor = useRef<Anchor>(undefined)
  const current = useRef(1)

  const fitted = useCallback(() => {
    const width = Math.min(frame.current?.clientWidth ?? house.width, (house.width * widestPitch) / pitch)
    return (width / house.width) * pitch
  }, [house])

  const zoomTo = useCallback(
    (wanted: number, at?: { clientX: number; clientY: number }) => {
      const box = frame.current
      if (!box) return
      const next = Math.min(Math.max(wanted, 1), Math.max(closest / fitted(), 1))
      const edge = box.getBoundingClientRect()
      anchor.current = {
        x: at ? at.clientX - edge.left : box.clientWidth / 2,
        y: at ? at.clientY - edge.top : box.clientHeight / 2,
        ratio: next / current.current,
      }
      current.current = next
      setZoom(next)
    },
    [fitted],
  )

  // Whatever was under the finger stays under it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scroll follows each change of zoom
  useLayoutEffect(() => {
    const box = frame.current
    const kept = anchor.current
    if (box && kept) {
      box.scrollLeft = (box.scrollLeft + kept.x) * kept.ratio - kept.x
      box.scrollTop = (box.scrollTop + kept.y) * kept.ratio - kept.y
      anchor.current = undefined
      const focused = document.activeElement
      if (box.contains(focused) && focused !== box)
        focused?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    }
    setSeatPixels(fitted() * zoom)
  }, [zoom])

  useEffect(() => {
    const box = frame.current
    if (!box) return
    const measure = new ResizeObserver(() => setSeatPixels(fitted() * current.current))
    measure.observe(box)
    const gestures = listenForPinch(box, (factor, at) => zoomTo(current.current * factor, at))
    return () => {
      measure.disconnect()
      gestures()
    }
  }, [fitted, zoomTo])

  const closer = () => zoomTo(Math.max(zoom * 1.35, fingertip / fitted()))
  const further = () => zoomTo(zoom / 1.35)
  const whole = zoom <= 1.01
  const atEnd = zoom >= closest / fitted() - 0.01
  return (
    <div className="map-window" data-far={seatPixels < 30 || undefined} data-close={!whole || undefined}>
      {/* biome-ignore lint/a11y/useSemanticElements: it holds one drawing, not a form's fields */}
      <div
        ref={frame}
        className="map-frame"
        role="group"
        aria-label={words.area}
        onKeyDown={(event) => {
          if (event.key === '+' || event.key === '=') closer()
          else if (event.key === '-') further()
          else if (event.key === '0') zoomTo(1)
        }}
        // A finger on seats too small to hit comes closer first.
        onClickCapture={(event) => {
          const touched = 'pointerType' in event.nativeEvent && event.nativeEvent.pointerType === 'touch'
          if (!touched || seatPixels >= 30) return
          event.stopPropagation()
          zoomTo(fingertip / fitted() + 0.05, event)
        }}
      >
        <div
          style={{
            width: `calc(min(100cqw, ${Math.round((house.width * widestPitch) / pitch)}px) * ${zoom})`,
            marginInline: 'auto',
          }}
        >
          {children}
        </div>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: buttons, not a form's fields */}
      <div className="map-controls" role="group" aria-label={words.controls}>
        <button
          type="button"
          className="map-button"
          onClick={closer}
          disabled={atEnd}
          aria-label={words.closer}
        >
          <Sign d="M5 12H19M12 5V19" />
        </button>
        <button
          type="button"
          className="map-button"
          onClick={further}
          disabled={whole}
          aria-label={words.further}
        >
          <Sign d="M5 12H19" />
        </button>
        <button
          type="button"
          className="map-button"
          onClick={() => zoomTo(1)}
          disabled={whole}
          aria-label={words.whole}
        >
          <Sign d="M4 9V4H9M15 4H20V9M20 15V20H15M9 20H4V15" />
        </button>
      </div>
    </div>
  )
}

const Sign = ({ d }: { d: string }) => (
  <svg
    viewBox="0 0 24 24"
    width="20"
    height="20"
    aria-hidden="true"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.8"
  >
    <path d={d} />
  </svg>
)

type Pinched = (factor: number, at: { clientX: number; clientY: number }) => void

/** Two fingers, or ctrl with the wheel (which is how trackpads report pinching). Returns how to stop. */
function listenForPinch(box: HTMLElement, pinched: Pinched): () => void {
  let apart = 0
  const distance = (touches: TouchList) => {
    const [one, two] = [touches[0], touches[1]]
    return one && two ? Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY) : 0
  }
  const start = (event: TouchEvent) => {
    if (event.touches.length === 2) apart = distance(event.touches)
  }
  const move = (event: TouchEvent) => {
    const [one, two] = [event.touches[0], event.touches[1]]
    if (!one || !two || event.touches.length !== 2 || apart === 0) return
    event.preventDefault()
    const now = distance(event.touches)
    pinched(now / apart, {
      clientX: (one.clientX + two.clientX) / 2,
      clientY: (one.clientY + two.clientY) / 2,
    })
    apart = now
  }
  const wheel = (event: WheelEvent) => {
    if (!event.ctrlKey) return
    event.preventDefault()
    pinched(Math.exp(-event.deltaY / 200), event)
  }
  box.addEventListener('touchstart', start, { passive: true })
  box.addEventListener('touchmove', move, { passive: false })
  box.addEventListener('wheel', wheel, { passive: false })
  return () => {
    box.removeEventListener('touchstart', start)
    box.removeEventListener('touchmove', move)
    box.removeEventListener('wheel', wheel)
  }
}
