import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'

type Announce = (text: string) => void
const AnnounceContext = createContext<Announce>(() => {})

/** Says one thing to screen readers, politely. The text must be worth interrupting for. */
export const useAnnounce = () => useContext(AnnounceContext)

export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ text: '', turn: 0 })
  const announce = useCallback<Announce>((text) => setSaid(({ turn }) => ({ text, turn: turn + 1 })), [])
  return (
    <AnnounceContext value={announce}>
      {children}
      {/* Two regions take turns, so that the same sentence twice is read twice. */}
      <div className="sr-only" aria-live="polite">
        {said.turn % 2 === 0 ? said.text : ''}
      </div>
      <div className="sr-only" aria-live="polite">
        {said.turn % 2 === 1 ? said.text : ''}
      </div>
    </AnnounceContext>
  )
}
