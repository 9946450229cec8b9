import { Component, type ReactNode } from 'react'

/** Keeps what breaks in one part from taking the whole window with it: `fallback` stands there instead. */
export class Boundary extends Component<BoundaryProps, { isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true }
  }

  override render(): ReactNode {
    return this.state.isBroken ? this.props.fallback : this.props.children
  }
}

interface BoundaryProps {
  fallback: ReactNode
  children: ReactNode
}
