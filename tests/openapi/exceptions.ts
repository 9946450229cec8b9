import { pointerOf, type Json, type JsonObject } from './json.ts'
import type { Exception, Place } from './prove-exceptions.ts'

const ofAccount = '/api/v1/accounts/{account_id}'
const ofConversation = `${ofAccount}/conversations/{conversation_id}`
const personInList = 'conversation_list/data/payload/items/2/meta/sender'
const personInOne = 'conversation_show/1/meta/sender'
const personElsewhere = 'contact_conversations_response/payload/items/1/meta/sender'

const texts = { type: 'array', items: { type: 'string' } }
const contentTypes = [
  'text',
  'input_text',
  'input_textarea',
  'input_email',
  'input_select',
  'cards',
  'form',
  'article',
  'incoming_email',
  'input_csat',
  'integrations',
  'sticker',
  'voice_call',
]
const success = ['responses', '200', 'content', 'application/json', 'schema']
const filter = `${ofAccount}/conversations/filter`
const owners = ['conversation_attribute', 'contact_attribute']
const views = ['mention', 'participating', 'unattended']
const filterOperators = [
  'equal_to',
  'not_equal_to',
  'contains',
  'does_not_contain',
  'is_present',
  'is_not_present',
  'is_greater_than',
  'is_less_than',
  'days_before',
]
const folder = {
  type: 'object',
  required: ['name', 'filter_type', 'query'],
  properties: {
    name: { type: 'string' },
    filter_type: { enum: ['conversation'] },
    query: { type: 'object' },
  },
}
const senderTypes = ['User', 'Contact', 'AgentBot', 'Captain::Assistant']

const refusal = {
  content: {
    'application/json': {
      schema: { type: 'object', required: ['error'], properties: { error: { type: 'string' } } },
    },
  },
}

/** In a form everything is text, and what is false is left out. */
const messageForm = {
  type: 'object',
  properties: {
    content: { type: 'string' },
    message_type: { enum: ['outgoing'] },
    private: { enum: ['true'] },
    content_attributes: { type: 'string' },
    echo_id: { type: 'string' },
    attachments: texts,
  },
}

/**
 * Where the official description and the server part, and what is true instead. No more than fifteen: each is proven
 * at every run, needed by what was really said and red for its planted opposite.
 */
export const exceptions: readonly Exception[] = [
  {
    name: 'null stands for nothing',
    sections: ['8'],
    why: 'the file marks hardly anything as nullable; the server answers null for what is empty',
    places: [
      orNull('conversation/snoozed_until', 7),
      orNull('conversation/priority', 7),
      orNull('conversation/sla_policy_id', 'none'),
      orNull('message/source_id', 7),
      orNull('message/sender_id', 'nobody'),
      orNull(`${personInList}/email`, 7),
      orNull(`${personInOne}/email`, 7),
      ...[personInList, personInOne, personElsewhere].flatMap((person) => [
        orNull(`${person}/phone_number`, 7),
        orNull(`${person}/identifier`, 7),
      ]),
      ...['greeting_message', 'out_of_office_message', 'callback_webhook_url', 'business_name'].map((name) =>
        orNull(`inbox/${name}`, 7),
      ),
      orNull('inbox/phone_number', 7),
      orNull('inbox/provider', 7),
      orNull('user/inviter_id', 'somebody'),
      orNull('agent/custom_role_id', 'chief'),
      orNull('account_detail/settings/auto_resolve_after', 'soon'),
      orNull('account_detail/settings/auto_resolve_message', 7),
      orNull('account_show_response/1/latest_chatwoot_version', 7),
      ...['regex_pattern', 'regex_cue', 'default_value'].map((name) => orNull(`custom_attribute/${name}`, 7)),
      inAnswer('post', `${ofConversation}/assignments`, [], { set: { nullable: true }, planted: 'nobody' }),
      inAnswer('get', `${ofConversation}/messages`, ['meta', 'agent_last_seen_at'], {
        set: { nullable: true },
        planted: 7,
      }),
      inAnswer('get', `${ofConversation}/messages`, ['meta', 'assignee_last_seen_at'], {
        set: { nullable: true },
        planted: 7,
      }),
    ],
  },
  {
    name: 'moments have other forms',
    sections: ['2.2'],
    why: 'the file has the types of moments wrong: text for a number, numbers for text',
    places: [
      property('conversation/timestamp', { type: 'integer' }, 'now'),
      property('conversation/snoozed_until', { type: 'string', format: 'date-time' }, 'tomorrow'),
      property('message/updated_at', { type: 'string', format: 'date-time' }, 7),
    ],
  },
  {
    name: 'enumerations are longer, or have other words',
    sections: ['2.1'],
    why: 'the file knows fewer kinds of messages and no snoozed conversation, and names senders and presence otherwise',
    places: [
      property('conversation/status', { enum: ['open', 'resolved', 'pending', 'snoozed'] }, 'sleeping'),
      property('message/content_type', { enum: contentTypes }, 'hologram'),
      property('message/message_type', { enum: [0, 1, 2, 3] }, 4),
      property('message/sender_type', { enum: senderTypes, nullable: true }, 'agent'),
      property('agent/availability_status', { enum: ['online', 'busy', 'offline'] }, 'available'),
    ],
  },
  {
    name: 'questions take more keys',
    sections: ['1.3', '1.5', '1.6'],
    why: 'the file does not name them',
    places: [
      query(`${ofAccount}/conversations`, 'sort_by', { enum: ['last_activity_at_desc'] }, 'colour'),
      query(`${ofAccount}/conversations`, 'updated_within', { type: 'integer' }, 'lately'),
      query(`${ofAccount}/conversations`, 'conversation_type', { enum: views }, 'forgotten'),
      query(`${ofConversation}/messages`, 'before', { type: 'integer' }, 'first'),
      query(`${ofAccount}/contacts/{id}`, 'include_contact_inboxes', { type: 'boolean' }, 'some'),
      query(`${ofAccount}/contacts/search`, 'include_contact_inboxes', { type: 'boolean' }, 'some'),
    ],
  },
  {
    name: 'messages are sent with more',
    sections: ['1.5'],
    why: 'the file names neither our id nor copies nor files, and no button without a blank',
    places: [
      more('conversation_message_create_payload', 'echo_id', { type: 'string' }, 7),
      more('conversation_message_create_payload', 'cc_emails', { type: 'string' }, 7),
      more('conversation_message_create_payload', 'bcc_emails', { type: 'string' }, 7),
      more('conversation_message_create_payload', 'attachments', texts, 'a file'),
      orNull(
        'conversation_message_create_payload/template_params/processed_params/buttons/items',
        'no button',
      ),
      {
        pointer: pointerOf(['paths', `${ofConversation}/messages`, 'post', 'requestBody', 'content']),
        mend: { set: { 'multipart/form-data': { schema: messageForm } } },
        planted: 'application/x-www-form-urlencoded',
      },
    ],
  },
  {
    name: 'no priority is null',
    sections: ['1.4'],
    why: 'the file has a word for it, over which the server breaks',
    places: [
      inRequest('post', `${ofConversation}/toggle_priority`, ['priority'], {
        set: { enum: ['low', 'medium', 'high', 'urgent'], nullable: true },
        planted: 'none',
      }),
    ],
  },
  {
    name: 'refusals have other forms',
    sections: ['4'],
    why: 'the file lists objects where sentences are, and 403 where the server says 401',
    places: [
      property('bad_request_error/errors', { items: { type: 'string' } }, [7]),
      {
        pointer: pointerOf(['paths', ofConversation, 'get', 'responses']),
        mend: { set: { 401: refusal } },
        planted: 418,
      },
    ],
  },
  {
    name: 'features are marks',
    sections: ['1.1'],
    why: 'the file lists names, the server answers what is switched on as an object',
    places: [
      property('account_detail/features', { type: 'object', additionalProperties: { type: 'boolean' } }, [
        'macros',
      ]),
    ],
  },
  {
    name: 'a folder is kept otherwise',
    sections: ['1.2'],
    why: 'the file calls its kind "type", wraps nothing and lets a deletion answer 200',
    places: [
      more('custom_filter_create_update_payload', 'custom_filter', folder, 'Open ones'),
      {
        pointer: pointerOf([
          'paths',
          `${ofAccount}/custom_filters/{custom_filter_id}`,
          'delete',
          'responses',
        ]),
        mend: { set: { 204: {} } },
        planted: 418,
      },
    ],
  },
  {
    name: 'attributes are defined otherwise',
    sections: ['1.2'],
    why: 'the file demands a number for whose they are, and has the choices as one text',
    places: [
      {
        pointer: pointerOf(['paths', `${ofAccount}/custom_attribute_definitions`, 'get', 'parameters', '0']),
        mend: { set: { required: false, schema: { enum: owners } } },
        planted: '0',
      },
      property('custom_attribute/attribute_values', texts, 'brass'),
    ],
  },
  {
    name: 'filters take more',
    sections: ['1.3'],
    why: 'the file knows four of the operators, no last line, no ids and no attributes of the account',
    places: [
      inRequest('post', filter, ['payload', 'items', 'filter_operator'], {
        set: { enum: filterOperators },
        planted: 'sounds_like',
      }),
      inRequest('post', filter, ['payload', 'items', 'query_operator'], {
        set: { enum: ['AND', 'OR', 'and', 'or'], nullable: true },
        planted: 'XOR',
      }),
      inRequest('post', filter, ['payload', 'items', 'values'], {
        set: { items: { anyOf: [{ type: 'string' }, { type: 'integer' }] } },
        planted: {},
      }),
      {
        pointer: `${requestAt('post', filter, ['payload', 'items'])}/properties`,
        mend: { set: { custom_attribute_type: { enum: owners } } },
        planted: 'other_attribute',
      },
    ],
  },
  {
    name: 'a new customer needs no inbox and is answered as one',
    sections: ['1.6'],
    why: 'the file demands an inbox, and shows a list of contacts',
    places: [
      {
        pointer: '/components/schemas/contact_create_payload',
        mend: { set: { required: ['name'] } },
        planted: {},
      },
      property('contact/payload', { type: 'object', required: ['contact'] }, []),
    ],
  },
  {
    name: 'what a web inbox offers is a list',
    sections: ['1.2'],
    why: 'the file says it is an object',
    places: [property('inbox/selected_feature_flags', texts, {})],
  },
]

/** A further property of a schema. */
function more(schema: string, name: string, described: JsonObject, planted: Json): Place {
  const pointer = pointerOf(['components', 'schemas', schema, 'properties'])
  return { pointer, mend: { set: { [name]: described } }, planted }
}

function property(path: string, set: JsonObject, planted: Json): Place {
  return { pointer: inSchema(path), mend: { set }, planted }
}

/** A further key of a list's query. */
function query(path: string, name: string, schema: JsonObject, planted: Json): Place {
  const parameter = { name, in: 'query', schema }
  return { pointer: pointerOf(['paths', path, 'get', 'parameters']), mend: { add: [parameter] }, planted }
}

function inRequest(
  method: string,
  path: string,
  steps: readonly string[],
  { set, planted }: { set: JsonObject; planted: Json },
): Place {
  return { pointer: requestAt(method, path, steps), mend: { set }, planted }
}

function requestAt(method: string, path: string, steps: readonly string[]): string {
  const schema = ['requestBody', 'content', 'application/json', 'schema']
  return pointerOf(['paths', path, method, ...schema, ...steps.flatMap(inward)])
}

function inAnswer(
  method: string,
  path: string,
  steps: readonly string[],
  { set, planted }: { set: JsonObject; planted: Json },
): Place {
  const inside = steps.flatMap(inward)
  return { pointer: pointerOf(['paths', path, method, ...success, ...inside]), mend: { set }, planted }
}

function orNull(path: string, planted: Json): Place {
  return { pointer: inSchema(path), mend: { set: { nullable: true } }, planted }
}

/** `a/b` is the property b of the schema a; `items` and numbers step into lists and into the parts of a whole. */
function inSchema(path: string): string {
  const [name = '', ...steps] = path.split('/')
  const inside = steps.flatMap(inward)
  return pointerOf(['components', 'schemas', name, ...inside])
}

function inward(step: string): string[] {
  if (step === 'items') return ['items']
  return /^\d+$/.test(step) ? ['allOf', step] : ['properties', step]
}
