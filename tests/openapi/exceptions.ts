import { pointerOf, type Json, type JsonObject } from './json.ts'
import type { Exception, Place } from './prove-exceptions.ts'

const ofAccount = '/api/v1/accounts/{account_id}'
const ofConversation = `${ofAccount}/conversations/{conversation_id}`
const personInList = 'conversation_list/data/payload/items/2/meta/sender'
const personInOne = 'conversation_show/1/meta/sender'

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
    attachments: { type: 'array', items: { type: 'string' } },
  },
}

/**
 * Where the official description and the server part, and what is true instead. No more than fifteen: each is proven
 * at every run, needed by what was really said and red for its planted opposite.
 */
export const exceptions: readonly Exception[] = [
  {
    name: 'null stands for nothing',
    section: '8',
    why: 'the file marks hardly anything as nullable; the server answers null for what is empty',
    places: [
      orNull('conversation/snoozed_until', 7),
      orNull('conversation/priority', 7),
      orNull('conversation/sla_policy_id', 'none'),
      orNull('message/source_id', 7),
      orNull('message/sender_id', 'nobody'),
      ...[personInList, personInOne].flatMap((person) => [
        orNull(`${person}/email`, 7),
        orNull(`${person}/phone_number`, 7),
        orNull(`${person}/identifier`, 7),
      ]),
      ...['greeting_message', 'out_of_office_message', 'callback_webhook_url', 'business_name'].map((name) =>
        orNull(`inbox/${name}`, 7),
      ),
      orNull('inbox/phone_number', 7),
      orNull('inbox/provider', 7),
      orNull('user/inviter_id', 'somebody'),
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
    section: '2.2',
    why: 'the file has the types of moments wrong: text for a number, numbers for text',
    places: [
      property('conversation/timestamp', { type: 'integer' }, 'now'),
      property('conversation/snoozed_until', { type: 'string', format: 'date-time' }, 'tomorrow'),
      property('message/updated_at', { type: 'string', format: 'date-time' }, 7),
    ],
  },
  {
    name: 'enumerations are longer, or have other words',
    section: '2.1',
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
    name: 'lists take more keys',
    section: '1.3',
    why: 'the file does not name them',
    places: [
      query(`${ofAccount}/conversations`, 'sort_by', { enum: ['last_activity_at_desc'] }, 'colour'),
      query(`${ofAccount}/conversations`, 'updated_within', { type: 'integer' }, 'lately'),
      query(`${ofConversation}/messages`, 'before', { type: 'integer' }, 'first'),
    ],
  },
  {
    name: 'a message is sent with more keys',
    section: '1.5',
    why: 'the file does not name them',
    places: [
      more('conversation_message_create_payload', 'echo_id', { type: 'string' }, 7),
      more('conversation_message_create_payload', 'cc_emails', { type: 'string' }, 7),
      more('conversation_message_create_payload', 'bcc_emails', { type: 'string' }, 7),
    ],
  },
  {
    name: 'files go along as a form',
    section: '1.5',
    why: 'the file describes messages without files',
    places: [
      {
        pointer: pointerOf(['paths', `${ofConversation}/messages`, 'post', 'requestBody', 'content']),
        mend: { set: { 'multipart/form-data': { schema: messageForm } } },
        planted: 'application/x-www-form-urlencoded',
      },
    ],
  },
  {
    name: 'no priority is null',
    section: '1.4',
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
    section: '4',
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
    name: 'what a web inbox offers is a list',
    section: '1.2',
    why: 'the file says it is an object',
    places: [property('inbox/selected_feature_flags', { type: 'array', items: { type: 'string' } }, {})],
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
  const inside = steps.flatMap((step) => ['properties', step])
  const schema = ['requestBody', 'content', 'application/json', 'schema']
  return { pointer: pointerOf(['paths', path, method, ...schema, ...inside]), mend: { set }, planted }
}

function inAnswer(
  method: string,
  path: string,
  steps: readonly string[],
  { set, planted }: { set: JsonObject; planted: Json },
): Place {
  const inside = steps.flatMap((step) => ['properties', step])
  return { pointer: pointerOf(['paths', path, method, ...success, ...inside]), mend: { set }, planted }
}

function orNull(path: string, planted: Json): Place {
  return { pointer: inSchema(path), mend: { set: { nullable: true } }, planted }
}

/** `a/b` is the property b of the schema a; `items` and numbers step into lists and into the parts of a whole. */
function inSchema(path: string): string {
  const [name = '', ...steps] = path.split('/')
  const inside = steps.flatMap((step) => {
    if (step === 'items') return ['items']
    return /^\d+$/.test(step) ? ['allOf', step] : ['properties', step]
  })
  return pointerOf(['components', 'schemas', name, ...inside])
}
