import type { FailureCode } from '../contract/failure.ts'

/** One sentence for every failure: the cause, then the way out. */
export const failureWords = {
  'failure.unknownCommand': 'This window is older than the app behind it. Reload it.',
  'failure.badInput': 'That could not be understood and was not done ({field}).',
  'failure.badOutput': 'The app prepared an answer it does not trust. Please report this ({field}).',
  'failure.internal': 'Something went wrong inside Tuntas. Nothing was lost; the log says more.',
  'failure.notFound': 'That conversation is no longer here.',
  'failure.notPossible': 'This system cannot do that.',
  'failure.badAddress': '“{address}” is not a web address. It should look like https://support.example.com.',
  'failure.needsHttps': '{host} was asked without encryption and wants https. Use https:// in the address.',
  'failure.notThisProvider': '{host} answers, but it is not a {provider}. Check the address.',
  'failure.wrongPath': 'The address should end after the host: use {suggestion}.',
  'failure.proxyPage':
    'Something between you and {host} answered with a web page (status {status}): a proxy, a firewall or a sign-in portal. Open {host} in a browser on this computer to see it.',
  'failure.headerStripped':
    'A proxy in front of {host} removes the access token on its way. Its administrator must let the header “Api-Access-Token” through.',
  'failure.badToken': '{host} does not know this token or key. Copy it again, whole, from where it was made.',
  'failure.botToken': 'This access token belongs to a bot. Use the one from your own profile settings.',
  'failure.suspended': 'The account “{account}” at {host} is suspended. Its administrator can lift that.',
  'failure.noAccounts':
    'This sign-in at {host} belongs to no account. Ask an administrator there to add you, or use another.',
  'failure.probeExpired': 'That took a while, and the sign-in was dropped for safety. Begin it again.',
  'failure.otherPerson':
    'This belongs to {name}, who is not signed in here. Add it as an account of its own.',
  'failure.badSignIn':
    '{host} does not know this e-mail address with this password. Check both; after a few tries it makes you wait.',
  'failure.badCode': '{host} refused this code. Codes change every half minute: enter the newest one.',
  'failure.keyExpired': 'This key was good for a while only, and that is over. Make a new one at {host}.',
  'failure.keyUnusable':
    'This key names nobody: it was made while {host} was installed. Sign in there once, make a new key, and use that one.',
  'failure.keyNotTaken':
    '{host} turns this key away, although it looks like one. It may be of another server, its owner may have left, or a proxy on the way removes the header “{header}”.',
  'failure.ownersOnly':
    '{host} shows conversations to the owners of an organization only. Ask an owner for a key, or to become one.',
  'failure.signInThrottled':
    '{host} lets nobody sign in from here for a few minutes after too many tries. Wait five minutes, or use an access token.',
  'failure.unknownInbox':
    '{host} does not know this inbox identifier. Ask the people of that helpdesk for it, and copy it whole.',
  'failure.unknownContact':
    'The inbox at {host} does not know the contact identifier in line {place}. Copy it again, or leave it out.',
  'failure.identityRefused':
    '{host} broke off at the identity hash for line {place}, which is how it refuses one. Check the hash and what it was made of, or leave both out.',
  'failure.offline':
    'This computer is offline. What you write is kept and goes out when the network is back.',
  'failure.dns': 'No computer named {host} could be found. Check the address, or your network.',
  'failure.refused': '{host} refused the connection. The server may be down, or the port is wrong.',
  'failure.tls':
    'The certificate of {host} is not trusted here ({reason}). If your company uses its own certificates, install them in the system store.',
  'failure.timeout': '{host} did not answer in time.',
  'failure.reset': 'The connection to {host} broke off.',
  'failure.proxy': 'The proxy on the way to {host} refused: {reason}.',
  'failure.auth': '{host} no longer accepts this sign-in. Sign in again; nothing you wrote is lost.',
  'failure.forbidden': '{host} does not allow you to do that.',
  'failure.rateLimited': '{host} asks for fewer requests. Tuntas waits and goes on by itself.',
  'failure.busy': '{host} cannot answer right now (status {status}). Tuntas tries again by itself.',
  'failure.inQueue': '{host} has put it in a queue and asks for a few minutes. Tuntas asks again by itself.',
  'failure.rejected': '{host} refused it: {reason}',
  'failure.gone': 'That is no longer there at {host}, or you may no longer see it.',
  'failure.protocol': '{host} answered in a way Tuntas does not understand ({reason}).',
  'failure.listBroken':
    '{host} fails at listing your tickets although it knows you: an old version does so once an identity hash was used. Its administrator has to update it.',
  'failure.needsAnswers': 'This conversation asks for {fields} before it can be resolved.',
  'failure.notAssignable': '{name} cannot be assigned here: not a member of this inbox, or no longer there.',
  'failure.hadBefore':
    '{name} had this conversation before, and {host} gives nobody the same one twice. Give it to somebody else.',
  'failure.mayBeDone':
    'The connection to {host} broke before the answer came: it may have been done. Look before you do it again.',
  'failure.notCarriedOut':
    '{host} answered yes and did nothing. It is done on this computer only: your colleagues do not see it.',
  'failure.wroteSince':
    'They wrote again before this left your computer, and it would have been put aside unread. Read it, then try again.',
  'failure.takenSince': '{name} was given this conversation before your order arrived, and still has it.',
  'failure.yoursSince': 'You were given this conversation before your order arrived, and still have it.',
  'failure.teamSince':
    'The team {name} was given this conversation before your order arrived, and still has it.',
  'failure.resolvedSince': 'It was resolved before your order arrived, and stays so.',
  'failure.reopenedSince': 'It was opened again before your order arrived, and stays open.',
  'failure.snoozedSince': 'It was snoozed before your order arrived, and stays so.',
  'failure.pendedSince': 'It was set to pending before your order arrived, and stays so.',
  'failure.prioritySince': 'Somebody else changed it before your order arrived, and it stays so.',
  'failure.badEmail': '“{email}” is not an e-mail address.',
  'failure.windowClosed':
    '“{inbox}” takes no free text any more: it is too long since the customer wrote. Use an approved template, or write a note.',
  'failure.tooLong': 'That is {count} characters too long for this channel, which takes {most}.',
  'failure.fileTooLarge': '“{name}” is larger than {most}, the most that can be sent.',
  'failure.fileMissing': 'A file of this reply is no longer here. Attach it again.',
  'failure.badFileAddress':
    '“{address}” is no address a file can be fetched from. It has to begin with https:// and be open to everybody.',
  'failure.sessionEnded':
    'The sign-in for {host} was kept only until you quit. Sign in again; nothing was lost.',
  'failure.keychainMissing':
    'This computer has no keychain Tuntas can use, so the token can only be kept until you quit.',
  'failure.keychainLocked':
    'The keychain of this computer is locked. Unlock it and try again, or keep the token only until you quit.',
  'failure.keychainRefused':
    'The keychain of this computer refused to keep the token. It can be kept until you quit.',
  'failure.diskFull':
    'The disk is full, so this could not be kept. Free some space and try again; your text is still here.',
  'failure.diskFailing':
    'The disk did not keep this: it is over a limit, or failing. Make room or look after the disk, then try again; your text is still here.',
  'failure.diskReadOnly':
    'Tuntas may not write to its own data any more, so this could not be kept. Make its folder writable and try again; your text is still here.',
  'failure.dataLocked':
    'Another program holds the data of Tuntas, so this could not be kept. Close that program and try again; your text is still here.',
  'failure.dataDamaged':
    'The data Tuntas keeps on this computer is damaged. Copy what you are writing, then quit Tuntas and start it again: it goes on with all that can be read.',
  'failure.unsentRows':
    'Something here has not been sent yet and would be thrown away: {unsent} replies or actions, {drafts} drafts.',
} as const satisfies Record<`failure.${FailureCode}`, string | { one: string; other: string }>
