import { protocol, type Session } from 'electron'
import type { Engine } from '../../engine/engine.ts'
import { pageFiles } from '../page-files.ts'
import { appScheme, pageAnswer } from './page-answer.ts'

/** Makes our scheme a proper origin of its own. Has to happen before Electron is ready. */
export function declareAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges }])
}

export function serveApp(session: Session, pagesFolder: string, media: Engine['media']): void {
  const readPage = pageFiles(pagesFolder)
  session.protocol.handle(appScheme, (request) => pageAnswer(request, readPage, media))
}
