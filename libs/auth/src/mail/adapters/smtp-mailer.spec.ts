import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

import { MailConfig } from '#libs/config';

import { SmtpMailer } from './smtp-mailer';

/** Just enough of RFC 5321 to take a mail, or to refuse its reader. */
class SmtpServer {
  readonly received: string[] = [];
  private readonly server: Server = createServer((socket) => this.talk(socket));

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
  }

  private talk(socket: Socket): void {
    let text = '';
    socket.write('220 test\r\n');
    socket.on('data', (bytes) => {
      text += bytes.toString();
      if (text.includes('\r\n.\r\n')) this.received.push(text);
      if (/\r\n$/.test(text)) text = this.answer(socket, text);
    });
    socket.on('error', () => undefined);
  }

  /** @returns what is still to be completed: a mail is, up to the line with a dot. */
  private answer(socket: Socket, text: string): string {
    if (text.startsWith('DATA') && !text.includes('\r\n.\r\n')) {
      if (text === 'DATA\r\n') socket.write('354 go on\r\n');
      return text;
    }
    if (text.startsWith('QUIT')) socket.end('221 bye\r\n');
    else socket.write(text.includes('nobody@') ? '550 unknown\r\n' : '250 ok\r\n');
    return '';
  }
}

describe('The SMTP mailer', () => {
  const server = new SmtpServer();
  let mailer: SmtpMailer;

  beforeAll(async () => {
    const smtpUrl = await server.start();
    mailer = new SmtpMailer(Object.assign(new MailConfig(), { smtpUrl, mailFrom: 'MY-IA <ia@entreprise.fr>' }));
  });
  afterAll(() => server.stop());

  it('hands a mail to the server of SMTP_URL', async () => {
    await mailer.send({ to: 'claire@entreprise.fr', subject: 'Objet', text: 'Bonjour' });
    expect(server.received.join()).toContain('From: "MY-IA" <ia@entreprise.fr>');
    expect(server.received.join()).toContain('To: claire@entreprise.fr');
  });

  it('makes one recipient and one subject of values with line ends', async () => {
    await mailer.send({ to: 'claire@entreprise.fr', subject: 'Objet\r\nBcc: voleur@ailleurs.fr', text: 'Bonjour' });
    expect(server.received.at(-1)).not.toMatch(/^Bcc:/m);
  });

  it('fails when the server does not accept the mail, so that the job tries again', async () => {
    await expect(mailer.send({ to: 'nobody@entreprise.fr', subject: 'Objet', text: 'Bonjour' })).rejects.toThrow('550');
  });
});
