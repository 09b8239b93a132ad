import type { LoadJob } from '@quanlian/contract';
import { ApiError, apiUrl, callApi, errorFrom, OFFLINE, WRITE_HEADERS } from '../../../app/api/client.js';
import type { FailuresAnswer } from '../../../app/api/types.js';

/**
 * Sends a file and reports how many bytes are on their way; resolves with the load it started.
 * Not `fetch`, which cannot report what it has sent.
 */
export function uploadFile(file: File, onSent: (bytes: number) => void): Promise<LoadJob> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', apiUrl('/loads', { name: file.name }));
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

export const failuresUrl = (id: string): string => apiUrl(`/loads/${encodeURIComponent(id)}/failures`);

export const fetchFailures = (id: string, signal: AbortSignal): Promise<FailuresAnswer> =>
  callApi(failuresUrl(id), { signal });
