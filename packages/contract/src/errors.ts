import { z } from 'zod';

/**
 * Every error code a person or program can meet, with the HTTP status and the command's exit code it maps to.
 * Codes are stable; messages are sentences and may change.
 */
export const ERROR_CODES = {
  'usage.invalid': { status: 400, exit: 2, about: 'The command or request was not written correctly.' },
  'request.invalid': { status: 400, exit: 2, about: 'A value in the request does not fit its schema.' },
  'request.too_large': { status: 413, exit: 1, about: 'The request is larger than the limit.' },
  'request.too_many': { status: 429, exit: 1, about: 'Too many requests; wait and try again.' },
  'request.not_found': { status: 404, exit: 1, about: 'There is nothing at this address.' },
  'request.host_refused': { status: 421, exit: 1, about: 'The Host header names a host this server does not serve.' },
  'request.origin_refused': { status: 403, exit: 1, about: 'A write came from a page of another origin.' },
  'request.token_refused': { status: 401, exit: 1, about: 'The token of this data folder is missing or wrong.' },
  'server.internal': { status: 500, exit: 1, about: 'Something failed inside; the log has the details.' },
  'server.host_refused': {
    status: 400,
    exit: 1,
    about: 'Only loopback addresses may be served before sign-in exists.',
  },
  'server.port_taken': { status: 400, exit: 1, about: 'The port is in use.' },
  'query.invalid': { status: 400, exit: 1, about: 'The query could not be read; the position is given.' },
  'scheme.unknown': { status: 404, exit: 1, about: 'This version of the classification scheme is not loaded.' },
  'concordance.unknown': { status: 404, exit: 1, about: 'This edition of the table of classes is not loaded.' },
  'concordance.invalid': { status: 400, exit: 1, about: 'A file cannot be read as a table of classes.' },
  'event_list.unknown': { status: 404, exit: 1, about: 'No such edition of the list of legal-event codes is loaded.' },
  'event_list.invalid': { status: 400, exit: 1, about: 'A file cannot be read as a list of legal-event codes.' },
  'scheme.invalid': { status: 400, exit: 1, about: 'A list of classes cannot be read as a classification scheme.' },
  'query.unsupported': { status: 400, exit: 1, about: 'The query is well written but this backend cannot answer it.' },
  'query.too_costly': { status: 400, exit: 1, about: 'The query would touch too much; narrow it.' },
  'replay.refused': { status: 422, exit: 1, about: 'The record is not as it was signed, or its key is not trusted.' },
  'replay.changing': { status: 409, exit: 1, about: 'The corpus changed while it was read; try again.' },
  'name_merge.not_found': { status: 404, exit: 1, about: 'No such merge of names is reached.' },
  'name_merge.conflict': { status: 409, exit: 1, about: 'A name is merged already, or the merge is undone already.' },
  'saved_query.not_found': { status: 404, exit: 1, about: 'No such saved query is reached.' },
  'cursor.invalid': { status: 400, exit: 1, about: 'The cursor is not one this corpus gave out for this query.' },
  'cursor.expired': {
    status: 410,
    exit: 1,
    about: 'The state of the corpus the cursor belongs to is gone; start again.',
  },
  'document.not_found': { status: 404, exit: 1, about: 'No document has this number.' },
  'document.ambiguous': { status: 409, exit: 1, about: 'Several documents have this number; name the kind.' },
  'corpus.locked': { status: 409, exit: 1, about: 'Another process is writing to this data folder.' },
  'corpus.corrupt': { status: 500, exit: 1, about: 'A file of the corpus does not match its checksum.' },
  'corpus.version': { status: 500, exit: 1, about: 'The data folder was written by another version of the format.' },
  'corpus.disk_full': { status: 507, exit: 1, about: 'There is not enough space on the disk.' },
  'load.not_found': { status: 404, exit: 1, about: 'The file or folder to load does not exist.' },
  'load.unknown_format': { status: 422, exit: 1, about: 'No reader recognizes the file.' },
  'load.archive_refused': { status: 422, exit: 1, about: 'The archive is damaged or breaks a safety limit.' },
  'load.stopped': { status: 409, exit: 1, about: 'The load was stopped; run it again to go on.' },
  'inbox.not_found': { status: 404, exit: 1, about: 'The inbox has put away no such file with failed records.' },
  'inbox.name_taken': { status: 409, exit: 1, about: 'A file of the same name waits in the inbox already.' },
  'record.malformed': { status: 422, exit: 1, about: 'The record is not well-formed.' },
  'record.encoding': { status: 422, exit: 1, about: 'The record is not in the encoding it names.' },
  'record.entity': { status: 422, exit: 1, about: 'The record uses entities beyond the safety limit.' },
  'record.too_deep': { status: 422, exit: 1, about: 'Elements are nested deeper than the limit.' },
  'record.too_large': { status: 422, exit: 1, about: 'The record is larger than the limit.' },
  'record.no_number': { status: 422, exit: 1, about: 'The record names no office and number.' },
  'record.invalid': { status: 422, exit: 1, about: 'The record does not have the shape its format asks for.' },
  'record.unknown_format': { status: 422, exit: 1, about: 'The record is of a format no reader takes.' },
  'record.reader_failed': { status: 422, exit: 1, about: 'The reader broke or did not finish on the record.' },
  'image.refused': { status: 422, exit: 1, about: 'The image is damaged, too large or of a kind that is not read.' },
  'number.unrecognized': { status: 422, exit: 1, about: 'The text is not read as a patent number.' },
  'class.unrecognized': { status: 422, exit: 1, about: 'The text is not read as a classification symbol.' },
  'rules.invalid': {
    status: 500,
    exit: 1,
    about: 'A file of rules or of the working calendar does not fit its schema.',
  },
  'process.invalid': {
    status: 500,
    exit: 1,
    about: 'A process definition or the history of a case is not consistent.',
  },
  'organization.invalid': { status: 422, exit: 1, about: 'The organizations do not form a tree.' },
  'ops.client_not_found': { status: 404, exit: 1, about: 'No client of the OPS face has this id within reach.' },
  'access.sign_in_required': { status: 401, exit: 1, about: 'Nobody is signed in, or the session has ended.' },
  'access.denied': { status: 403, exit: 1, about: 'The roles of the person or key do not include this.' },
  'access.over_quota': { status: 429, exit: 1, about: 'The API key has used up its quota; wait and try again.' },
  'access.key_refused': { status: 401, exit: 1, about: 'The API key is unknown, revoked or past its end.' },
  'sign_in.refused': { status: 401, exit: 1, about: 'E-mail, password or code do not fit; which is not said.' },
  'sign_in.locked': { status: 429, exit: 1, about: 'Too many failed attempts; wait.' },
  'sign_in.code_needed': { status: 401, exit: 1, about: 'A code of the second factor is needed.' },
  'sign_in.unavailable': { status: 409, exit: 1, about: 'This way of signing in is not set up here.' },
  'password.weak': { status: 422, exit: 1, about: 'The password does not meet the rules.' },
  'person.not_found': { status: 404, exit: 1, about: 'No such person is reached.' },
  'person.exists': { status: 409, exit: 1, about: 'Somebody has this e-mail address already.' },
  'organization.not_found': { status: 404, exit: 1, about: 'No such organization is reached.' },
  'organization.changed': { status: 409, exit: 1, about: 'Somebody else changed it meanwhile; read it again.' },
  'membership.refused': { status: 422, exit: 1, about: 'The role cannot be given, lent or ended that way.' },
  'invitation.not_found': { status: 404, exit: 1, about: 'The invitation is unknown, used, revoked or past its end.' },
  'audit.refused': { status: 422, exit: 1, about: 'What was to be written down cannot be kept.' },
  'audit.broken': { status: 409, exit: 1, about: 'The audit log is not as it was written.' },
  'job.not_found': { status: 404, exit: 1, about: 'No such job is reached.' },
  'notice.not_found': { status: 404, exit: 1, about: 'No such notice is reached.' },
  'webhook.refused': { status: 422, exit: 1, about: 'The address may not be called.' },
  'paper.not_found': { status: 404, exit: 1, about: 'No such paper is reached.' },
  'paper.refused': { status: 422, exit: 1, about: 'The file is empty, too large or not of a kind that is kept.' },
  'template.invalid': { status: 422, exit: 1, about: 'A template names something that was not given.' },
  'backup.refused': { status: 409, exit: 1, about: 'The backup cannot be made or restored here.' },
  'table.invalid': { status: 422, exit: 1, about: 'The table that was handed in cannot be read.' },
  'training.not_found': { status: 404, exit: 1, about: 'No such part of the training is reached.' },
  'training.refused': { status: 422, exit: 1, about: 'The training does not allow this.' },
  'training.changed': { status: 409, exit: 1, about: 'Somebody else changed it meanwhile; read it again.' },
  'certificate.not_found': { status: 404, exit: 1, about: 'No certificate has this code.' },
  'research.not_found': { status: 404, exit: 1, about: 'No such research project is reached.' },
  'research.refused': { status: 422, exit: 1, about: 'The research project does not allow this.' },
  'inspection.not_found': { status: 404, exit: 1, about: 'No such part of an inspection is reached.' },
  'inspection.refused': { status: 422, exit: 1, about: 'The inspection does not allow this.' },
  'case.not_found': { status: 404, exit: 1, about: 'No such case is reached.' },
  'case.changed': { status: 409, exit: 1, about: 'The case changed meanwhile; read it again.' },
  'case.refused': { status: 422, exit: 1, about: 'The process does not let this be done; `reason` has its code.' },
  'rule.not_found': { status: 404, exit: 1, about: 'There is no such rule or version.' },
  'plan.not_found': { status: 404, exit: 1, about: 'No such part of a plan is reached.' },
  'plan.changed': { status: 409, exit: 1, about: 'Somebody else changed it meanwhile; read it again.' },
  'plan.refused': { status: 422, exit: 1, about: 'The plan does not allow this.' },
  'config.invalid': { status: 500, exit: 2, about: 'The configuration file does not fit its schema.' },
  'database.unavailable': { status: 503, exit: 1, about: 'The work database cannot be reached.' },
} as const;
export type ErrorCode = keyof typeof ERROR_CODES;

/** The body of every error answer. `path` names the part of the request that was wrong. */
export const ErrorBodySchema = z
  .object({
    error: z.object({ code: z.string(), message: z.string(), path: z.string().optional() }),
    // The same as problem details (RFC 9457), for programs that know those.
    type: z.string().optional().describe('A name for the kind of problem, `urn:quanlian:` and its code'),
    title: z.string().optional().describe('What the code means'),
    status: z.number().int().optional(),
    detail: z.string().optional().describe('What was wrong, where, and what to do'),
  })
  .meta({ id: 'Error' });
export type ErrorBody = z.infer<typeof ErrorBodySchema>;

/** A refusal with a stable code and a sentence that says what was wrong, where, and what to do. */
export class QuanlianError extends Error {
  override readonly name = 'QuanlianError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: { path?: string; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }

  get exitCode(): number {
    return ERROR_CODES[this.code].exit;
  }

  toBody(): ErrorBody {
    const { path } = this.details;
    return { error: { code: this.code, message: this.message, ...(path === undefined ? {} : { path }) } };
  }
}
