import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ApiError, toApiError } from './api-error.js';

const pathOf = (dataSetId: string) => `/api/admin/data-sets/${dataSetId}/content`;

/** Sends the content of a data set, whole; `onSent` hears how much has gone. Errors: ApiError. */
export function sendContent(dataSetId: string, file: Blob, onSent: (bytes: number) => void): Promise<void> {
  // XMLHttpRequest, because fetch does not tell how much was sent
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onerror = () => reject(new ApiError('unreachable', 'the upload broke off'));
    request.onload = () =>
      request.status < 300 ? resolve() : reject(toApiError(request.status, jsonOf(request.responseText)));
    request.open('PUT', pathOf(dataSetId));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Content as it came back from its keepers. */
export interface ContentRead {
  content: Blob;
  /** SHA-256, hex. */
  hash: string;
  /** It ended before all of it was there. */
  isCut: boolean;
}

/**
 * Reads a data set's content back and hashes it as it comes; `onRead` hears how much there is. Errors: ApiError when
 * nothing is sent at all; what breaks off in the middle is a cut read.
 */
export async function readContent(
  dataSetId: string,
  bytes: number,
  onRead: (bytes: number) => void,
  signal: AbortSignal,
): Promise<ContentRead> {
  const response = await fetch(pathOf(dataSetId), { signal }).catch((cause) => {
    throw new ApiError('unreachable', String(cause));
  });
  if (!response.ok) throw toApiError(response.status, jsonOf(await response.text()));
  const hash = sha256.create();
  const parts: Blob[] = [];
  let read = 0;
  try {
    const reader = response.body!.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      hash.update(part.value);
      // blobs may leave memory for disk
      parts.push(new Blob([part.value]));
      read += part.value.length;
      onRead(read);
    }
  } catch (cause) {
    if (signal.aborted) throw new ApiError('unreachable', String(cause));
  }
  const content = new Blob(parts, { type: 'application/octet-stream' });
  return { content, hash: bytesToHex(hash.digest()), isCut: read < bytes };
}
