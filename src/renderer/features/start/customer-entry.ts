import type { Input, Output } from '../../../shared/contract/contract.ts'
import { isAddress } from '../compose/addresses.ts'

/** Somebody new, as far as typed. */
export interface Typed {
  readonly name: string
  readonly email: string
  readonly phone: string
}

export type StartInbox = Output<'start.inboxes'>['inboxes'][number]
export type Customer = Output<'start.customers'>['customers'][number]
export type Recipient =
  | { readonly kind: 'known'; readonly customer: Customer }
  | { readonly kind: 'new' }
  /** The agent is the customer there. */
  | { readonly kind: 'own' }

/** What was looked for, put where it belongs: an address, a number, or a name. */
export function typedFrom(words: string): Typed {
  const text = words.trim()
  if (isAddress(text)) return { name: '', email: text, phone: '' }
  if (/^[+\d][\d\s().-]{4,}$/.test(text)) return { name: '', email: '', phone: text }
  return { name: text, email: '', phone: '' }
}

/** The first thing that keeps somebody new from being written to through this inbox; null where nothing does. */
export function openField(typed: Typed, needs: StartInbox['needs']): 'name' | 'email' | 'phone' | null {
  const email = typed.email.trim()
  const phone = phoneOf(typed.phone)
  if (email === '' ? needs === 'email' : !isAddress(email)) return 'email'
  if (phone === '' ? needs === 'phone' : !isPhone(phone)) return 'phone'
  return typed.name.trim() === '' && email === '' && phone === '' ? 'name' : null
}

/** As the engine is told; somebody without a name is called by their address. */
export function recipientOf(recipient: Recipient, typed: Typed): Input<'start.begin'>['customer'] {
  if (recipient.kind === 'known') return { kind: 'known', key: recipient.customer.key }
  if (recipient.kind === 'own') return { kind: 'own' }
  const email = typed.email.trim()
  const phone = phoneOf(typed.phone)
  const name = typed.name.trim()
  return {
    kind: 'new',
    name: name === '' ? (email === '' ? phone : email) : name,
    email: email === '' ? null : email,
    phone: phone === '' ? null : phone,
  }
}

export function isPhone(text: string): boolean {
  return /^\+[1-9]\d{5,14}$/.test(text)
}

/** Numbers are written with all kinds of gaps. */
function phoneOf(text: string): string {
  return text.replace(/[\s().-]/g, '')
}
