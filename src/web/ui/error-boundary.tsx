import { Component, type ReactNode } from 'react'
import { Button } from './button.tsx'

/** Keeps a defect in one column from taking the others with it, and lets the person try that column again. */
export class ErrorBoundary extends Component<{ name: string; children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render() {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <div role="alert" className="flex h-full flex-col items-start justify-center gap-3 p-6">
        <p className="font-semibold">{this.props.name} stopped working.</p>
        <p className="text-soft">
          This is a fault of the studio. Your takes are safe on the server, and the other columns go on.
        </p>
        <p className="font-mono text-xs break-words text-faint">{error.message}</p>
        <Button onClick={() => this.setState({ error: null })}>Show it again</Button>
      </div>
    )
  }
}
