let audio: AudioContext | undefined

/** Two rising tones and a short buzz for in, one low tone and two buzzes for not in. */
export function signal(good: boolean, withSound: boolean): void {
  navigator.vibrate?.(good ? 60 : [120, 80, 120])
  if (!withSound) return
  audio ??= new AudioContext()
  const tones = good ? [660, 990] : [180]
  for (const [index, frequency] of tones.entries()) {
    const start = audio.currentTime + index * 0.11
    const oscillator = audio.createOscillator()
    const volume = audio.createGain()
    oscillator.frequency.value = frequency
    volume.gain.setValueAtTime(0.2, start)
    volume.gain.exponentialRampToValueAtTime(0.001, start + (good ? 0.12 : 0.4))
    oscillator.connect(volume).connect(audio.destination)
    oscillator.start(start)
    oscillator.stop(start + 0.45)
  }
}
