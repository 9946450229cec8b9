/** Where a floating list goes: beside what it was opened from, inside the window, and growing away from it. */
export interface Place {
  readonly inlineStart: number
  /** Distance from the top of the window, or from its bottom when there is more room above. */
  readonly block: { readonly from: 'start' | 'end'; readonly px: number }
  readonly maxBlockSize: number
}

export interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const gap = 4
const margin = 8

/** `width` of the list; `dir` decides which edges line up. */
export function placeBeside(
  anchor: Box,
  width: number,
  frame: { readonly width: number; readonly height: number },
  dir: 'ltr' | 'rtl',
): Place {
  const start = dir === 'ltr' ? anchor.left : frame.width - anchor.right
  const end = dir === 'ltr' ? anchor.right : frame.width - anchor.left
  // Lined up with the near edge, or with the far one where it would stick out.
  const fits = start + width + margin <= frame.width
  const inlineStart = Math.max(margin, fits ? start : Math.min(end, frame.width - margin) - width)
  const below = frame.height - anchor.bottom - gap - margin
  const above = anchor.top - gap - margin
  return below >= wanted || below >= above
    ? { inlineStart, block: { from: 'start', px: anchor.bottom + gap }, maxBlockSize: Math.max(below, least) }
    : {
        inlineStart,
        block: { from: 'end', px: frame.height - anchor.top + gap },
        maxBlockSize: Math.max(above, least),
      }
}

/** Room for a handful of rows; with less below, the side with more room is taken. */
const wanted = 320
const least = 160
