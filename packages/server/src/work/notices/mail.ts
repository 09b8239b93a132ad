import type { Transporter } from 'nodemailer';
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
  let made: Promise<Transporter> | undefined;
  // The library is read when the first mail is sent: most starts need none of it.
  const transport = (): Promise<Transporter> => {
    made ??= import('nodemailer').then(({ createTransport }) =>
      createTransport({
        host,
        port,
        secure,
        requireTLS: requireTls && !secure,
        ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
        connectionTimeout: 10_000,
        socketTimeout: 30_000,
        disableFileAccess: true,
        disableUrlAccess: true,
      }),
    );
    return made;
  };
  return {
    async send({ to, subject, text }) {
      const sender = await transport();
      await sender.sendMail({ from, to: { name: '', address: to }, subject: oneLine(subject), text });
    },
    close: () => void made?.then((sender) => sender.close()),
  };
}
