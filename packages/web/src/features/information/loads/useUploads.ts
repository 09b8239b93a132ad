import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { uploadFile } from './upload.js';

/** A file on its way to the server, or one that did not get there. */
export interface Upload {
  id: number;
  name: string;
  size: number;
  sent: number;
  error?: unknown;
}

let lastId = 0;

/** Sends files one after another, so that each has the whole line. */
export function useUploads() {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const queries = useQueryClient();
  const change = (id: number, part: Partial<Upload>) =>
    setUploads((all) => all.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)));
  const dismiss = (id: number) => setUploads((all) => all.filter((upload) => upload.id !== id));

  const sendOne = async (file: File, id: number) => {
    try {
      await uploadFile(file, (sent) => change(id, { sent }));
      dismiss(id);
    } catch (error) {
      change(id, { error });
    }
    await queries.invalidateQueries({ queryKey: ['loads'] });
  };
  const send = async (files: readonly File[]) => {
    const queued = files.map((file) => {
      lastId += 1;
      return { file, id: lastId };
    });
    setUploads((all) => [...all, ...queued.map(({ file, id }) => ({ id, name: file.name, size: file.size, sent: 0 }))]);
    for (const { file, id } of queued) await sendOne(file, id);
  };
  return { uploads, send, dismiss };
}
