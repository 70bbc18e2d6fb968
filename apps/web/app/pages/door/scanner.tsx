import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

const lookEvery = 140
const sameCodePause = 4000

type Detector = { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> }
type DetectorMaker = new (options: { formats: string[] }) => Detector

/** Looks through the camera for codes, with the browser's own reader. */
export function Scanner({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useTranslation('door')
  const video = useRef<HTMLVideoElement>(null)
  const [trouble, setTrouble] = useState<'unsupported' | 'refused'>()

  useEffect(() => {
    const maker = detectorMaker()
    if (!maker || !navigator.mediaDevices) {
      setTrouble('unsupported')
      return
    }
    const detector = new maker({ formats: ['qr_code'] })
    let stream: MediaStream | undefined
    let stopped = false
    let timer: ReturnType<typeof setTimeout> | undefined
    let last = { code: '', at: 0 }

    async function look() {
      const picture = video.current
      if (stopped || !picture) return
      if (picture.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
        // A frame that cannot be read is followed by another one.
        const [found] = await detector.detect(picture).catch(() => [])
        if (found) {
          const { code, at } = last
          // Whoever holds a code in view has shown it once.
          last = { code: found.rawValue, at: Date.now() }
          if (found.rawValue !== code || last.at - at > sameCodePause) onCode(found.rawValue)
        }
      }
      timer = setTimeout(look, lookEvery)
    }
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).then(
      async (opened) => {
        if (stopped || !video.current) return stopAll(opened)
        stream = opened
        video.current.srcObject = opened
        await video.current.play()
        void look()
      },
      () => setTrouble('refused'),
    )
    return () => {
      stopped = true
      clearTimeout(timer)
      if (stream) stopAll(stream)
    }
  }, [onCode])

  if (trouble) return <p className="notice-line">{t(`camera.${trouble}`)}</p>
  return <video ref={video} className="desk-camera" muted playsInline aria-label={t('camera.picture')} />
}

const stopAll = (stream: MediaStream) => {
  for (const track of stream.getTracks()) track.stop()
}

function detectorMaker(): DetectorMaker | undefined {
  return 'BarcodeDetector' in window ? (window.BarcodeDetector as DetectorMaker) : undefined
}
