import { hummedWav, pagePdf } from '../../media/documents.ts'
import type { FilePlan } from '../plan.ts'

export function voiceNote(name: string, syllables: readonly number[]): FilePlan {
  return { name, contentType: 'audio/wav', fileType: 'audio', bytes: () => hummedWav(syllables) }
}

export function pdf(name: string, lines: readonly string[]): FilePlan {
  return { name, contentType: 'application/pdf', fileType: 'file', bytes: () => pagePdf(lines) }
}

export function textFile(name: string, text: string): FilePlan {
  const contentType = name.endsWith('.csv') ? 'text/csv' : 'text/plain'
  return { name, contentType, fileType: 'file', bytes: () => new TextEncoder().encode(text) }
}
