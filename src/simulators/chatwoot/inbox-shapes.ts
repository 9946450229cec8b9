import { hmacTokenOf, identifierOf } from './public-desk.ts'
import type { Inbox, MessageTemplate, Role, World } from './world.ts'

/** How Chatwoot renders inboxes: keys that only some channels have, and secrets that only administrators see. */
export function inboxShape(world: World, inbox: Inbox, role: Role): object {
  return {
    ...inboxSlimShape(inbox),
    greeting_enabled: false,
    greeting_message: null,
    working_hours_enabled: false,
    enable_email_collect: true,
    csat_survey_enabled: inbox.asksForRating,
    csat_config: {},
    enable_auto_assignment: inbox.autoAssignment,
    auto_assignment_config: {},
    out_of_office_message: null,
    working_hours: workingHours,
    timezone: 'UTC',
    callback_webhook_url: null,
    allow_messages_after_resolved: true,
    lock_to_single_conversation: inbox.isLockedToOne,
    sender_name_type: 'friendly',
    business_name: null,
    phone_number: inbox.phone,
    ...channelPart(world, inbox, role),
  }
}

/** What stands in contact inboxes and in the answers to "where can I write to them". */
export function inboxSlimShape(inbox: Inbox): object {
  return {
    id: inbox.id,
    avatar_url: '',
    channel_id: channelIdOf(inbox),
    name: inbox.name,
    channel_type: inbox.channelType,
    provider: inbox.channelType === 'Channel::Whatsapp' ? 'whatsapp_cloud' : null,
    ...(inbox.channelType === 'Channel::Email' ? { email: inbox.email } : {}),
  }
}

export function channelIdOf(inbox: Inbox): number {
  return inbox.id + 40
}

function channelPart(world: World, inbox: Inbox, role: Role): object {
  const isAdmin = role === 'administrator'
  switch (inbox.channelType) {
    case 'Channel::WebWidget':
      return {
        website_url: 'https://shop.example.com/',
        website_token: `widget-${inbox.id}-token`,
        widget_color: '#1F6FEB',
        selected_feature_flags: ['attachments', 'emoji_picker', 'end_conversation'],
        reply_time: 'in_a_few_minutes',
        hmac_mandatory: false,
        ...(isAdmin ? { hmac_token: `hmac-${inbox.id}-secret` } : {}),
      }
    case 'Channel::Email':
      return {
        forward_to_email: `inbound+${inbox.id}@${new URL(world.installation.origin).hostname}`,
        ...(isAdmin ? { imap_login: inbox.email, imap_enabled: false, smtp_enabled: false } : {}),
      }
    case 'Channel::Whatsapp':
      return {
        message_templates: inbox.templates.map((template, index) => whatsappTemplate(template, index)),
        reauthorization_required: false,
        ...(isAdmin ? { provider_config: { api_key: `whatsapp-${inbox.id}-secret` } } : {}),
      }
    case 'Channel::TwilioSms':
      return {
        medium: inbox.medium ?? 'sms',
        messaging_service_sid: null,
        ...(inbox.medium === 'whatsapp'
          ? { content_templates: { templates: inbox.templates.map(twilioTemplate) } }
          : {}),
        ...(isAdmin ? { auth_token: `twilio-${inbox.id}-secret`, account_sid: `AC${inbox.id}` } : {}),
      }
    case 'Channel::Api':
      return {
        inbox_identifier: identifierOf(inbox),
        additional_attributes: replyWindowPart(inbox),
        hmac_mandatory: world.publicProofs.mandatory.has(inbox.id),
        ...(isAdmin ? { hmac_token: hmacTokenOf(inbox), webhook_url: null } : {}),
      }
    case 'Channel::Telegram':
      return { bot_name: 'night_desk_bot' }
    case 'Channel::Instagram':
    case 'Channel::FacebookPage':
    case 'Channel::Tiktok':
      return { reauthorization_required: false }
    case 'Channel::Sms':
      return isAdmin ? { provider_config: {} } : {}
  }
}

function whatsappTemplate(template: MessageTemplate, index: number): object {
  const { name, language, category, status, text, otherComponents = [] } = template
  const headers = otherComponents.filter((component) => component['type'] === 'HEADER')
  const others = otherComponents.filter((component) => component['type'] !== 'HEADER')
  return {
    id: String(880_000 + index),
    name,
    status,
    category,
    language,
    parameter_format: /\{\{\d+\}\}/.test(text) ? 'POSITIONAL' : 'NAMED',
    components: [...headers, { type: 'BODY', text }, ...others],
  }
}

function twilioTemplate({ name, language, category, status, text }: MessageTemplate): object {
  const blanks = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, blank]) => blank ?? '')
  return {
    content_sid: `HX${name}`,
    friendly_name: name,
    language,
    status: status.toLowerCase(),
    category: category.toLowerCase(),
    template_type: 'text',
    body: text,
    variables: Object.fromEntries(blanks.map((blank) => [blank, ''])),
  }
}

function replyWindowPart(inbox: Inbox): object {
  return {
    ...(inbox.replyWindowHours === null ? {} : { agent_reply_time_window: inbox.replyWindowHours }),
    ...(inbox.replyWindowMessage === null
      ? {}
      : { agent_reply_time_window_message: inbox.replyWindowMessage }),
  }
}

export const workingHours = [0, 1, 2, 3, 4, 5, 6].map((day) => ({
  day_of_week: day,
  closed_all_day: day === 0 || day === 6,
  open_hour: 9,
  open_minutes: 0,
  close_hour: 17,
  close_minutes: 0,
  open_all_day: false,
}))
