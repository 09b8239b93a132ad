import { escapeText } from './xml.js';

/** Fault codes of the service by HTTP status (reference guide, table 15). */
const STATUS = {
  'CLIENT.InvalidReference': 404,
  'CLIENT.WrongReferenceFormatting': 404,
  'SERVER.EntityNotFound': 404,
  'CLIENT.NotFound': 404,
  'CLIENT.AmbiguousRequest': 413,
  'CLIENT.InvalidQuery': 400,
  'CLIENT.CQL': 400,
  'CLIENT.InvalidInput': 400,
  'CLIENT.InvalidCountryCode': 404,
  'CLIENT.MethodNotAllowed': 405,
  'CLIENT.RobotDetected': 403,
  'SERVER.LimitedServerResources': 503,
  'SERVER.DomainAccess': 500,
  'CLIENT.RequestTimeout': 408,
} as const;
export type FaultCode = keyof typeof STATUS;

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** A refusal as clients of the service know it: always XML, with a status of its own and sometimes headers. */
export class OpsFault extends Error {
  constructor(
    readonly status: number,
    readonly body: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(body);
  }
}

/** A fault of a service: bad reference, bad query, nothing found. `details` name a cause and ways out of it. */
export function fault(
  code: FaultCode,
  message: string,
  details?: { readonly cause: string; readonly resolutions: readonly string[] },
): OpsFault {
  const resolutions = (details?.resolutions ?? []).map((one) => `<resolution>${escapeText(one)}</resolution>`).join('');
  const more = details ? `<details><cause>${escapeText(details.cause)}</cause>${resolutions}</details>` : '';
  return new OpsFault(
    STATUS[code],
    `${DECLARATION}<fault xmlns="http://ops.epo.org"><code>${code}</code><message>${escapeText(message)}</message>${more}</fault>`,
  );
}

const error = (code: number, message: string, more = ''): string =>
  `<error><code>${code}</code><message>${escapeText(message)}</message>${more}</error>`;

/** Key or secret of a client are wrong, or it was revoked. */
export const unknownClient = (): OpsFault =>
  new OpsFault(401, error(401, 'ClientId is Invalid'), { 'www-authenticate': 'Basic' });

/** A token request without key and secret. */
export const noClient = (): OpsFault =>
  new OpsFault(401, error(401, 'Client identifier is required'), { 'www-authenticate': 'Basic' });

/** A token request that says nothing, or something unknown, of its kind of grant. */
export const badGrant = (message: string): OpsFault => new OpsFault(400, error(400, message));

/** A call without token, or with one that is unknown or past its end; clients fetch a new one and ask again. */
export const badToken = (): OpsFault =>
  new OpsFault(400, error(400, 'invalid_access_token', '<description>Access token is invalid</description>'), {
    'www-authenticate':
      'Bearer realm="null",error="invalid_token",error_description="keymanagement.service.invalid_access_token"',
  });

/** A quota that is used up. The clients read the reason in the header. */
export const overQuota = (reason: 'IndividualQuotaPerHour' | 'RegisteredQuotaPerWeek'): OpsFault =>
  new OpsFault(
    403,
    error(
      403,
      'This request has been rejected due to the violation of Fair Use policy',
      '<moreInfo>http://www.epo.org/searching/free/espacenet/fair-use.html</moreInfo>',
    ),
    { 'x-rejection-reason': reason },
  );

export const nothingFound = (): OpsFault => fault('SERVER.EntityNotFound', 'No results found');
