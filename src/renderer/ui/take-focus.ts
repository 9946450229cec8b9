/** As a `ref`: whatever comes in the place of what had the focus takes it. */
export function takeFocus(element: HTMLElement | null): void {
  element?.focus()
}
