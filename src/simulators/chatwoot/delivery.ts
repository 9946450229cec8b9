import { isObject, presentText } from './request-body.ts'
import { canReply } from './read-state.ts'
import { moveMessage } from './rules.ts'
import { inboxOf, type Inbox, type Message, type Place } from './world.ts'

/**
 * The server takes a reply whether or not the channel still allows one; the channel refuses a moment afterwards, and
 * says why (docs/providers/chatwoot.md §1.5). A reply that already has a source id counts as sent and never leaves.
 */
export function deliver(place: Place, message: Message): void {
  const externalError = refusalByChannel(place, message)
  if (externalError === null) return
  place.world.agenda.after(1500, () => moveMessage(place, message, { status: 'failed', externalError }))
}

/** What the channel will say to it; null where it carries it, or where it never leaves. */
export function refusalByChannel(place: Place, message: Message): string | null {
  const isGoingOut = message.type === 'outgoing' && !message.isPrivate && message.sourceId === null
  return isGoingOut ? refusalOf(inboxOf(place.account, place.conversation), message, canReply(place)) : null
}

/** Templates leave at any time, free text only within the window; an API channel carries whatever it is given. */
function refusalOf(inbox: Inbox, message: Message, isWithinWindow: boolean): string | null {
  switch (inbox.channelType) {
    case 'Channel::Whatsapp':
      if (message.additionalAttributes['template_params'] === undefined && isWithinWindow) return null
      return isTemplateKnown(inbox, message) ? null : 'Template not found or invalid template name'
    case 'Channel::TwilioSms':
      if (inbox.medium !== 'whatsapp') return null
      if (message.additionalAttributes['template_params'] !== undefined) {
        return isTemplateKnown(inbox, message) ? null : 'Template not found'
      }
      return isWithinWindow
        ? null
        : '63016 - Failed to send freeform message because you are outside the allowed window'
    case 'Channel::Instagram':
    case 'Channel::FacebookPage':
    case 'Channel::Tiktok':
      return isWithinWindow ? null : '10 - This message is sent outside of allowed window'
    case 'Channel::WebWidget':
    case 'Channel::Email':
    case 'Channel::Telegram':
    case 'Channel::Sms':
    case 'Channel::Api':
      return null
  }
}

/** By name and language, and only once the channel has approved it. */
function isTemplateKnown({ templates }: Inbox, { additionalAttributes }: Message): boolean {
  const given = additionalAttributes['template_params']
  if (!isObject(given)) return false
  const name = presentText(given['name'])
  const language = presentText(given['language'])
  return templates.some(
    (template) =>
      template.name === name &&
      template.status === 'APPROVED' &&
      (language === null || template.language === language),
  )
}
