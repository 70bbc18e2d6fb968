import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'

type Props = {
  open: boolean
  onClose: () => void
  title: ReactNode
  /** Set when the visitor must decide: no click beside it closes it. */
  mustDecide?: boolean
  children: ReactNode
}

/** A modal question. Heavy (react-aria): import it only from pages that ask one. */
export function Dialog({ open, onClose, title, mustDecide = false, children }: Props) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen={open}
      isDismissable={!mustDecide}
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
    >
      <Modal>
        <AriaDialog className="dialog" role={mustDecide ? 'alertdialog' : 'dialog'}>
          <Heading slot="title" className="condensed mb-4 text-3xl leading-none">
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
