import { messageWhere, where, whole, type Verb } from './scenario-verb.ts'

/** The calls of `scenario-events` over HTTP. */
export const eventVerbs: Record<string, Verb> = {
  'customer-rates': (input, scenario) =>
    scenario.customerRates(
      whole(input, {
        ...where(input),
        rating: input.number('rating'),
        feedback: input.optionalText('feedback'),
      }),
    ),
  'customer-types': (input, scenario) =>
    scenario.customerTypes(whole(input, { ...where(input), isOn: input.yesNo('isOn') })),
  'agent-types': (input, scenario) =>
    scenario.agentTypes(
      whole(input, {
        ...where(input),
        as: input.optionalText('as'),
        isOn: input.yesNo('isOn'),
        isPrivate: input.optionalYesNo('isPrivate'),
      }),
    ),
  'team-assigned': (input, scenario) =>
    scenario.teamAssigned(
      whole(input, {
        ...where(input),
        as: input.optionalText('as'),
        team: input.isNull('team') ? null : input.text('team'),
      }),
    ),
  'message-fails': (input, scenario) =>
    scenario.messageFails(
      whole(input, {
        ...messageWhere(input),
        afterMs: input.optionalNumber('afterMs'),
        externalError: input.text('externalError'),
      }),
    ),
  'contact-blocked': (input, scenario) =>
    scenario.contactBlocked(whole(input, { ...where(input), isBlocked: input.yesNo('isBlocked') })),
  'auto-resolves': (input, scenario) => scenario.autoResolves(whole(input, where(input))),
  'conversation-deleted': (input, scenario) => scenario.conversationDeleted(whole(input, where(input))),
  membership: (input, scenario) =>
    scenario.membership(
      whole(input, {
        account: input.optionalNumber('account'),
        as: input.optionalText('as'),
        isMember: input.optionalYesNo('isMember'),
        role: input.optionalOneOf('role', ['agent', 'administrator']),
        availability: input.optionalOneOf('availability', ['online', 'busy', 'offline']),
      }),
    ),
  'inbox-membership': (input, scenario) =>
    scenario.inboxMembership(
      whole(input, {
        account: input.optionalNumber('account'),
        as: input.optionalText('as'),
        inbox: input.number('inbox'),
        isMember: input.yesNo('isMember'),
      }),
    ),
  'inbox-settings': (input, scenario) =>
    scenario.inboxSettings(
      whole(input, {
        account: input.optionalNumber('account'),
        inbox: input.number('inbox'),
        autoAssignment: input.optionalYesNo('autoAssignment'),
        asksForRating: input.optionalYesNo('asksForRating'),
        isLockedToOne: input.optionalYesNo('isLockedToOne'),
        isHmacMandatory: input.optionalYesNo('isHmacMandatory'),
      }),
    ),
  'public-contact': (input, scenario) =>
    scenario.publicContact(
      whole(input, {
        account: input.optionalNumber('account'),
        inbox: input.optionalNumber('inbox'),
        name: input.optionalText('name'),
        email: input.optionalText('email'),
        identifier: input.optionalText('identifier'),
      }),
    ),
  'public-ticket': (input, scenario) =>
    scenario.publicTicket(
      whole(input, {
        account: input.optionalNumber('account'),
        contact: input.text('contact'),
        text: input.isNull('text') ? null : input.text('text'),
      }),
    ),
  'public-keys': (input, scenario) => scenario.publicKeys(whole(input, where(input))),
  'public-contact-gone': (input, scenario) =>
    scenario.publicContactGone(
      whole(input, { account: input.optionalNumber('account'), contact: input.text('contact') }),
    ),
  'team-settings': (input, scenario) =>
    scenario.teamSettings(
      whole(input, {
        account: input.optionalNumber('account'),
        team: input.text('team'),
        allowAutoAssign: input.yesNo('allowAutoAssign'),
      }),
    ),
  'wake-snoozed': (input, scenario) =>
    scenario.wakeSnoozed(whole(input, { aheadMs: input.optionalNumber('aheadMs') })),
}
