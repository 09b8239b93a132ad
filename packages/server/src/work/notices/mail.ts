import { createTransport } from 'nodemailer';
import type { MailConfig } from '../../identity/config.js';

interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends e-mail. Throws when the server does not take it. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** A line break in a header would be a header of its own. */
const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ').trim();

/** A sender of plain-text mail over SMTP; no mail is sent without TLS unless the operator said so. */
export function createMailer(config: MailConfig): Mailer {
  const { host, port, secure, requireTls, user, password, from } = config;
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: requireTls && !secure,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text }) {
      await transport.sendMail({ from, to: { name: '', address: to }, subject: oneLine(subject), text });
    },
    close: () => transport.close(),
  };
}
