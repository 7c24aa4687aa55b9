import { useQuery } from '@tanstack/react-query'
import type { RendererName } from '../../shared/job.ts'
import { renderersOptions } from '../data/renderers.ts'
import { Modal } from '../ui/modal.tsx'
import { RendererSection } from './renderer-section.tsx'
import { SpendingLines } from './spending-lines.tsx'

/** Everyone who can render: how each stands, how it is reached, what it runs, what it lacks and what it costs. */
export const RenderersDialog = ({ about, onClose }: { about: RendererName | null; onClose: () => void }) => {
  const { data, error } = useQuery({ ...renderersOptions, refetchOnMount: 'always' })
  return (
    <Modal title="Renderers" onClose={onClose} footer={<SpendingLines />}>
      <p className="px-4 py-3 text-soft">
        A model says what you ask for; a renderer makes it. Connect your own graphics card, a server or a cloud: every
        take says what really ran.
      </p>
      <div className="border-t border-line">
        {data?.map((status) => (
          <RendererSection key={status.name} status={status} isAsked={status.name === about} />
        ))}
      </div>
      {!data && <p className="px-4 py-3 text-faint">{error ? error.message : 'Looking…'}</p>}
    </Modal>
  )
}
