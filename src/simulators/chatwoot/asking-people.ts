import { at, type Answer, type Asking } from './asking.ts'

/** For tests: the small world's people beside me, as programs of their own would ask for them. */
export async function tokenOf(asking: Asking, email: string): Promise<string> {
  const password = `${email.split('@')[0] ?? ''}-opens-1!`
  const { json } = await asking.ask('POST', '/auth/sign_in', { body: { email, password }, headers: {} })
  const token = at(json, 'data.access_token')
  if (typeof token !== 'string') throw new Error(`${email} could not sign in.`)
  return token
}

export async function askAs(
  asking: Asking,
  token: string,
  asked: { method: string; path: string; body?: unknown },
): Promise<Answer> {
  const headers = { 'api-access-token': token, accept: 'application/json' }
  const more = asked.body === undefined ? { headers } : { headers, body: asked.body }
  return asking.ask(asked.method, asked.path, more)
}
