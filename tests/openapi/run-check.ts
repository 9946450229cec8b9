import { exceptions } from './exceptions.ts'
import { exerciseAll } from './exercise-all.ts'
import { exercises } from './exercises.ts'
import { CannotCheck, readOfficialFiles } from './official-files.ts'
import { report } from './report.ts'

/** The whole check as a command: prints what it found, and answers how it went. */
export async function runCheck(
  folder: string | undefined,
  print: (line: string) => void,
): Promise<{ summary: string; exitCode: number }> {
  try {
    const official = readOfficialFiles(folder)
    const { lines, passed, failed } = report(official, exceptions, await exerciseAll(exercises))
    for (const line of lines) print(line)
    return { summary: summaryOf(passed, failed), exitCode: failed === 0 && passed > 0 ? 0 : 1 }
  } catch (error) {
    if (!(error instanceof CannotCheck)) throw error
    print(error.message)
    return { summary: summaryOf(0, 1), exitCode: 1 }
  }
}

function summaryOf(passed: number, failed: number): string {
  return `openapi  ${passed} passed, ${failed} failed`
}
