import { Component, type ReactNode } from 'react'

/** Keeps what breaks in one part from taking the whole window with it: `fallback` stands there instead. */
export class Boundary extends Component<BoundaryProps, { isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true }
  }

  override componentDidUpdate(before: BoundaryProps): void {
    // What is shown now is something else than what broke.
    if (this.state.isBroken && before.of !== this.props.of) this.setState({ isBroken: false })
  }

  override render(): ReactNode {
    const { fallback, children } = this.props
    if (!this.state.isBroken) return children
    return typeof fallback === 'function' ? fallback(() => this.setState({ isBroken: false })) : fallback
  }
}

interface BoundaryProps {
  /** Given the way to begin anew. */
  fallback: ReactNode | ((again: () => void) => ReactNode)
  /** What is shown; something else is tried again. */
  of?: string | null
  children: ReactNode
}
