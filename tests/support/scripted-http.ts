import { HttpFault, type Http, type HttpAnswer, type HttpRequest } from '../../src/main/ports/http.ts'

export interface ScriptedHttp extends Http {
  readonly requests: HttpRequest[]
}

/** HTTP whose every answer the test gives; a fault is thrown, as real ones are. */
export function scriptedHttp(answerTo: (request: HttpRequest) => HttpAnswer | HttpFault): ScriptedHttp {
  const requests: HttpRequest[] = []
  return {
    requests,
    async request(request, signal) {
      if (signal.aborted) throw new HttpFault('aborted', false, {})
      requests.push(request)
      const answer = answerTo(request)
      if (answer instanceof HttpFault) throw answer
      return answer
    },
  }
}

export function jsonAnswer(body: unknown, status = 200, headers: Record<string, string> = {}): HttpAnswer {
  return textAnswer(JSON.stringify(body), status, {
    'content-type': 'application/json; charset=utf-8',
    ...headers,
  })
}

export function htmlAnswer(title: string, status = 200): HttpAnswer {
  const type = { 'content-type': 'text/html' }
  return textAnswer(`<!doctype html><html><title>${title}</title></html>`, status, type)
}

export function textAnswer(text: string, status = 200, headers: Record<string, string> = {}): HttpAnswer {
  return { status, headers, bytes: new TextEncoder().encode(text) }
}

/** The path and the query of a request, without its server. */
export function pathOf(request: HttpRequest): string {
  const { pathname, search } = new URL(request.url)
  return pathname + search
}
