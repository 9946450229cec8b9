import { useEffect, useState, type RefObject } from 'react'

/** Files dropped anywhere on the thread around this element; true while some are held over it. */
export function useDroppedFiles(
  ref: RefObject<HTMLElement | null>,
  onFiles: ((files: readonly File[]) => void) | null,
): boolean {
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    const area = ref.current?.closest<HTMLElement>('[data-pane="thread"]')
    if (area === null || area === undefined || onFiles === null) return
    // Every child tells of its own coming and going, so they are counted.
    let depth = 0
    function turn(event: DragEvent, by: number): void {
      if (!holdsFiles(event)) return
      event.preventDefault()
      depth += by
      setIsOver(depth > 0)
    }
    const enter = (event: DragEvent): void => turn(event, 1)
    const over = (event: DragEvent): void => turn(event, 0)
    const leave = (event: DragEvent): void => turn(event, -1)
    function drop(event: DragEvent): void {
      turn(event, -depth)
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length > 0) onFiles?.(files)
    }
    area.addEventListener('dragenter', enter)
    area.addEventListener('dragover', over)
    area.addEventListener('dragleave', leave)
    area.addEventListener('drop', drop)
    return () => {
      area.removeEventListener('dragenter', enter)
      area.removeEventListener('dragover', over)
      area.removeEventListener('dragleave', leave)
      area.removeEventListener('drop', drop)
    }
  }, [ref, onFiles])
  return isOver
}

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}
