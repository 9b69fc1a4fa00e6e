// What the page says, in the words of the terminal client.
import { MAX_TEXT, safe } from './text.js';

/** Why a request failed, as a sentence that tells the user what to do. */
export function sentence(failure) {
  const said = safe(failure.message ?? '');
  switch (failure.reason) {
    case 'NAME_TAKEN': return 'That name is taken. Choose another.';
    case 'NAME_INVALID': return `Not a valid name: ${said}.`;
    case 'NAME_NOT_YOURS': return `That name is not yours: ${said}. Join under your own.`;
    case 'CREDENTIALS_INVALID': return credentials(failure, said);
    case 'TEXT_TOO_LONG': return `Not sent: more than ${MAX_TEXT} characters. Say it in parts.`;
    case 'TEXT_BLANK': return 'Not sent: there is nothing but white space in it.';
    case 'TEXT_NOT_UTF8': return 'Not sent: it has half a character in it, which cannot be encoded.';
    case 'LAMPORT_TIME_TOO_FAR_AHEAD': return 'Refused: this page’s Lamport time is too far ahead of the service’s. Leave, and join again.';
    case 'PAGE_TOKEN_INVALID': return 'The list changed while it was read. Try again.';
    case 'SESSION_UNKNOWN': return 'The service no longer knows this session. Join again.';
    case 'RATE_LIMITED': return 'Too many requests for this service. Wait a moment, then try again.';
    case 'ROOM_FULL': return 'The chat is full. Try again later.';
    case 'STORE_FULL': return 'The storage of the service is full. Try again later.';
    case 'SEQUENCE_FORGOTTEN': return 'Not known whether it was published: the service no longer remembers. Search for it.';
    case 'SEQUENCE_GAP': return 'Not sent: a message before it was lost. Say both again.';
    case 'LOG_DAMAGED': return 'Not shown, since the service’s log is damaged there. Its operator has to restore it.';
    case 'SHUTTING_DOWN': case 'LOG_UNAVAILABLE': case 'NODE_LOST': case 'AUTH_UNAVAILABLE':
      return 'The service is not available for now. Try again in a moment.';
    default:
  }
  if (failure.code === 'canceled') {
    return 'The session was lost; joining again. Try again in a moment.';
  }
  if (failure.isNetwork) {
    return failure.code === 'deadline_exceeded' ? 'The service did not answer in time. Try again.' : 'The service cannot be reached. Is it running?';
  }
  return said === '' ? 'The service refused.' : `The service refused: ${said}`;
}

/** What a Join needs here, and whether what it had was refused. */
function credentials({ metadata, hadToken }, said) {
  if (metadata.required === 'certificate') {
    return 'This service admits only clients with a certificate, which a page cannot show. Use the terminal client: '
      + './chitty client --tls-cert FILE --tls-key FILE join NAME';
  }
  return hadToken ? `Your token is not accepted: ${said}. Paste another one.`
    : `This service wants to know who you are. Paste your ${metadata.required === 'jwt' ? 'JWT' : 'token'}.`;
}

/** Why a message waits no longer, though it is not in the conversation. */
export function notPublished(failure) {
  if (failure.code === 'unknown') {
    return 'Not known whether it was published: the session ended, and its log is gone.';
  }
  return failure.provesNothingDone
    ? sentence(failure)
    : 'Not known whether it was published: an attempt had no answer. Search for it before you say it again.';
}

/** Why the session ended; undefined if the participant wanted it. */
export function ended(reason, failure) {
  switch (reason) {
    case 'LEFT': return undefined;
    case 'NAME_TAKEN': return 'The session expired, and another participant has taken the name. Choose another.';
    case 'SUPERSEDED': return 'Another client has taken over this session. Join again to go on here.';
    default: return failure?.reason === 'CREDENTIALS_INVALID' || failure?.reason === 'NAME_NOT_YOURS'
      ? `The session expired. ${sentence(failure)}`
      : `The service ended the session: ${safe(failure?.message ?? '')}. Join again.`;
  }
}

/** The session was replaced by a new one. */
export function rejoined(name, lamportTime, after) {
  return after === 0
    ? `The service has begun a new log, in which Lamport time starts again. Joined it as ${safe(name)}.`
    : `The session expired; joined again as ${safe(name)} at Lamport time ${lamportTime}. The others saw you leave and join. `
      + `The events after ${after} follow.`;
}

/** Events between two Lamport times, both exclusive, did not come. */
export function missed(after, before) {
  return `Some events between Lamport times ${after} and ${before} were not received.`;
}
