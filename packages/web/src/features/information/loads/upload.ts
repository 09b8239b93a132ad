import type { EventCodeEdition, InboxReport, LoadJob, PutAwayFile } from '@quanlian/contract';
import { ApiError, apiUrl, callApi, errorFrom, OFFLINE, WRITE_HEADERS } from '../../../app/api/client.js';
import type { FailuresAnswer } from '../../../app/api/types.js';
import type { MappingsAnswer, TableMapping, TablePreview } from './mapping.js';

/**
 * Sends a file and reports how many bytes are on their way; resolves with the load it started.
 * Not `fetch`, which cannot report what it has sent.
 */
export function uploadFile(file: File, onSent: (bytes: number) => void, mapping?: TableMapping): Promise<LoadJob> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', apiUrl('/loads', { name: file.name, mapping: mapping && JSON.stringify(mapping) }));
    request.responseType = 'json';
    request.setRequestHeader('content-type', 'application/octet-stream');
    for (const [name, value] of Object.entries(WRITE_HEADERS)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as LoadJob);
      else reject(errorFrom(request.status, request.response));
    };
    request.onerror = () => reject(new ApiError(OFFLINE, 'The connection was lost.', 0));
    request.send(file);
  });
}

export const stopLoad = (id: string): Promise<unknown> =>
  callApi(apiUrl(`/loads/${encodeURIComponent(id)}`), { method: 'DELETE', headers: WRITE_HEADERS });

/** Puts files with failed records back into the inbox. */
export const retryFiles = (files: readonly PutAwayFile[]): Promise<InboxReport> =>
  callApi(apiUrl('/inbox/retry'), {
    method: 'POST',
    headers: { ...WRITE_HEADERS, 'content-type': 'application/json' },
    body: JSON.stringify({ files }),
  });

export const fetchEventLists = (signal: AbortSignal): Promise<{ editions: EventCodeEdition[] }> =>
  callApi(apiUrl('/event-codes'), { signal });

export const failuresUrl = (id: string): string => apiUrl(`/loads/${encodeURIComponent(id)}/failures`);

export const fetchFailures = (id: string, signal: AbortSignal): Promise<FailuresAnswer> =>
  callApi(failuresUrl(id), { signal });

export const fetchMappings = (signal: AbortSignal): Promise<MappingsAnswer> =>
  callApi(apiUrl('/loads/mappings'), { signal });

/** Bytes of a text table that are sent to be looked at; a workbook goes whole. */
const PREVIEW_BYTES = 1_000_000;

/** What the columns of a table are and, with a mapping, what becomes of its first rows. */
export const previewTable = (file: File, mapping?: TableMapping, encoding?: string): Promise<TablePreview> =>
  callApi(apiUrl('/loads/preview', { name: file.name, mapping: mapping && JSON.stringify(mapping), encoding }), {
    method: 'POST',
    headers: { ...WRITE_HEADERS, 'content-type': 'application/octet-stream' },
    body: /\.xls[xm]$/i.test(file.name) ? file : file.slice(0, PREVIEW_BYTES),
  });
